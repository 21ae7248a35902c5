package dev.cachewarden.prune.web;

import dev.cachewarden.prune.plan.rule.RunGuards;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Guards of runs in an answer, which can be sent back as they are; null: as the service's settings have it. */
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
