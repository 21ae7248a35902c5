package dev.cachewarden.build;

import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.Scenario;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The scenario of a build, determined by its first cache miss.
 *
 * @param reason reason in words
 * @param comparedWith build that this build was compared with, or null if there is none
 * @param miss first miss, or null if there was none or it cannot be determined
 * @param saved estimated time saved by the cache, or null if the duration of its cached steps is unknown
 */
public record BuildComparison(
        Scenario scenario,
        String reason,
        @Nullable BuildId comparedWith,
        @Nullable Miss miss,
        @Nullable Duration saved) {

    /**
     * Returns the instruction of the first step that missed. Returns null if no step missed, or if the step does not matter, as in a first
     * build.
     */
    public @Nullable String missedStep() {
        return miss != null && causedByMiss() ? miss.instruction() : null;
    }

    /** Returns whether the first miss determines the scenario. In a first or forced build, all steps miss anyway. */
    public boolean causedByMiss() {
        return miss != null && scenario != Scenario.FIRST && scenario != Scenario.FORCED;
    }

    /**
     * The first step that missed.
     *
     * @param step number of the step
     * @param instruction instruction of the step, or null if it is unknown
     * @param text cause in words
     * @param cascadeSteps number of downstream steps that missed only because of this step, without the step itself
     * @param cost duration of the step and its downstream steps
     * @param run ID of the prune run that deleted the record of the step; null if no run did, or if the miss has another cause
     */
    public record Miss(
            int step,
            @Nullable String instruction,
            MissCause.Kind cause,
            String text,
            int cascadeSteps,
            Duration cost,
            @Nullable Long run) {}
}
