package dev.cachewarden.policy.web;

import dev.cachewarden.policy.PolicyInput;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The guards of runs in a request. The settings of the service apply to absent values.
 *
 * @param waitForBuilds {@code "10m"} or {@code "PT10M"}; {@code "0s"} does not wait
 * @param stopAfterFailures the number of failed deletions that ends a run
 * @param batchSize the most records in one call
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
