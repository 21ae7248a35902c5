package dev.cachewarden.build.lookup;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.held.HeldRecord;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.rest.Page;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step over builds. All but the step and its record is of the time that was asked for.
 *
 * @param record what holds the result it had in the latest build of a builder that is watched; null: not known
 * @param cascade of the latest build in which it was the first to miss; null: it was that in none
 * @param lookups the latest first
 */
public record StepReport(
        LookedUpStep step,
        Figures figures,
        @Nullable HeldRecord record,
        @Nullable Cascade cascade,
        Page<Lookup> lookups) {

    /**
     * Sums over builds that ended well.
     *
     * @param runs of how many runs it is known how long they took
     * @param p50 half took at most this; null: none is known
     * @param p95 19 of 20 took at most this; null: none is known
     * @param missed what all runs took
     */
    public record Figures(
            HitRate hitRate,
            int runs,
            @Nullable Duration p50,
            @Nullable Duration p95,
            Duration missed) {}

    /**
     * What a miss brought along.
     *
     * @param step its number in that build
     * @param cause why it missed, in words
     * @param steps that ran, depend on it, and on nothing else that missed by itself
     */
    public record Cascade(BuildId build, int step, String cause, List<BuildStep> steps) {}
}
