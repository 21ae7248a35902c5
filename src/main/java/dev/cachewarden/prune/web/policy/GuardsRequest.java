package dev.cachewarden.prune.web.policy;

import dev.cachewarden.prune.PolicyInput;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Guards of runs in a request; what is absent is as the service's settings have it.
 *
 * @param waitForBuilds {@code "10m"} or {@code "PT10M"}; {@code "0s"}: not at all
 * @param stopAfterFailures how many records that stay end a run
 * @param batchSize most records in one call
 * @param pauseBetweenBatches {@code "5s"} or {@code "PT5S"}
 */
record GuardsRequest(
        @Schema(example = "10m") @Nullable String waitForBuilds,
        @Schema(example = "3") @Nullable Integer stopAfterFailures,
        @Schema(example = "500") @Nullable Integer batchSize,
        @Schema(example = "5s") @Nullable String pauseBetweenBatches) {

    static PolicyInput.Guards toInput(@Nullable GuardsRequest guards) {
        return guards == null
                ? PolicyInput.Guards.NONE
                : new PolicyInput.Guards(
                        guards.waitForBuilds,
                        text(guards.stopAfterFailures),
                        text(guards.batchSize),
                        guards.pauseBetweenBatches);
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }
}
