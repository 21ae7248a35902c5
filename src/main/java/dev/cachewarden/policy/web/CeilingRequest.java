package dev.cachewarden.policy.web;

import dev.cachewarden.policy.CeilingInput;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A ceiling in a request. At least one of the two is required.
 *
 * @param maxBytes {@code "20GB"} or whole bytes
 * @param maxShare in percent of the cache
 */
public record CeilingRequest(
        @Schema(
                types = {"string", "integer"},
                example = "20GB")
        @Nullable
        Object maxBytes,

        @Schema(example = "20") @Nullable Integer maxShare) {

    public static CeilingInput toInput(@Nullable CeilingRequest ceiling, RequestSizes sizes) {
        return ceiling == null
                ? CeilingInput.NONE
                : new CeilingInput(
                        sizes.text("ceiling.maxBytes", ceiling.maxBytes, null),
                        ceiling.maxShare == null ? null : ceiling.maxShare.toString());
    }
}
