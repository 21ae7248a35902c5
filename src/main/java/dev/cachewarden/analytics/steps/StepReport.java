package dev.cachewarden.analytics.steps;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.rest.list.Page;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report on one step across builds. The step and its record are the latest ones; all other data covers the requested time range.
 *
 * @param record record with the result of the step in the latest build of a known builder, or null if unknown
 * @param cascade downstream steps in the latest build where this step was the first miss, or null if there is no such build
 * @param lookups lookups, latest first
 */
public record StepReport(
        LookedUpStep step,
        Figures figures,
        @Nullable HeldRecord record,
        @Nullable Cascade cascade,
        Page<Lookup> lookups) {

    /**
     * Figures over successful builds.
     *
     * @param runs number of runs with a known duration
     * @param p50 median duration of the runs, or null if no duration is known
     * @param p95 95th percentile of the duration, or null if no duration is known
     * @param missed accumulated time of all runs
     */
    public record Figures(
            HitRate hitRate,
            int runs,
            @Nullable Duration p50,
            @Nullable Duration p95,
            Duration missed) {}

    /**
     * The consequences of a miss.
     *
     * @param step number of the step in that build
     * @param cause reason for the miss, as text
     * @param steps downstream steps that ran and that depend on this root miss and on no other one
     */
    public record Cascade(BuildId build, int step, String cause, List<BuildStep> steps) {}
}
