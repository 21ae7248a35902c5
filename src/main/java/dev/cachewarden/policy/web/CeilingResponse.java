package dev.cachewarden.policy.web;

import dev.cachewarden.planner.Ceiling;
import org.jspecify.annotations.Nullable;

/** A ceiling in a response. */
public record CeilingResponse(
        @Nullable Long maxBytes, @Nullable Integer maxShare) {

    public static CeilingResponse of(Ceiling ceiling) {
        return new CeilingResponse(RuleResponse.bytes(ceiling.maxBytes()), ceiling.maxShare());
    }
}
