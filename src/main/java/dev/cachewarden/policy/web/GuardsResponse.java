package dev.cachewarden.policy.web;

import dev.cachewarden.planner.RunGuards;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The guards of runs in a response, which a client can send back unchanged. A null value means that the settings of the service apply. */
public record GuardsResponse(
        @Nullable Duration waitForBuilds,
        @Nullable Integer stopAfterFailures,
        @Nullable Integer batchSize,
        @Nullable Duration pauseBetweenBatches) {

    public static GuardsResponse of(RunGuards guards) {
        return new GuardsResponse(
                guards.waitForBuilds(), guards.stopAfterFailures(), guards.batchSize(), guards.pauseBetweenBatches());
    }
}
