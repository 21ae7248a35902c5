package dev.cachewarden.build.analytics;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.analysis.HitRate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How builds went before and after a prune of their cache. It is what followed, not what followed from it.
 *
 * @param unknown why nothing can be said yet, or at all, as a sentence; null: it can
 * @param before builds that started within {@link #WITHIN} before it
 * @param after builds that started within {@link #WITHIN} after it; null as long as that is not over
 * @param regrets steps that had to run again because it deleted their record, till now
 */
public record PruneEffect(
        @Nullable String unknown, Side before, @Nullable Side after, Regrets regrets) {

    public static final Duration WITHIN = Duration.ofHours(24);

    /**
     * Builds that ended well.
     *
     * @param p50 half took at most this; null: no build tells it
     */
    public record Side(
            int builds, HitRate hitRate, @Nullable Duration p50) {}

    /**
     * All of them together.
     *
     * @param builds how many builds missed first for a record that it deleted
     * @param cost what it took to make anew, in sum
     * @param latest some of them, the latest first
     */
    public record Regrets(int builds, Duration cost, List<Regret> latest) {

        public Regrets {
            latest = List.copyOf(latest);
        }
    }

    /** @param cost of the step and all that ran only because of it */
    public record Regret(BuildId build, String project, Instant startedAt, String text, Duration cost) {}
}
