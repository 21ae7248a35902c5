package dev.cachewarden.analytics;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.analysis.HitRate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The builds before and after a prune of their cache. The comparison shows what followed the prune, but not that the prune caused it.
 *
 * @param unknown sentence that explains why no conclusion is possible yet or at all, or null if one is possible
 * @param before builds that started within {@link #WITHIN} before the prune
 * @param after builds that started within {@link #WITHIN} after the prune, or null while this period lasts
 * @param missedBuilds builds that missed the cache until now because the prune deleted a record
 */
public record PruneEffect(
        @Nullable String unknown, Side before, @Nullable Side after, MissedBuilds missedBuilds) {

    public static final Duration WITHIN = Duration.ofHours(24);

    /**
     * The successful builds before or after the prune.
     *
     * @param p50 median duration, or null if no build has a duration
     */
    public record Side(
            int builds, HitRate hitRate, @Nullable Duration p50) {}

    /**
     * The builds that missed the cache because of the prune.
     *
     * @param builds number of builds whose first miss was due to a record that the prune deleted
     * @param cost accumulated rebuild time
     * @param latest some of the builds, latest first
     */
    public record MissedBuilds(int builds, Duration cost, List<MissedBuild> latest) {

        public MissedBuilds {
            latest = List.copyOf(latest);
        }
    }

    /**
     * A build that missed the cache because of the prune.
     *
     * @param text description of the cause
     * @param cost time of the step and of all downstream steps that ran only because of it
     */
    public record MissedBuild(BuildId build, String project, Instant startedAt, String text, Duration cost) {}
}
