package dev.cachewarden.prune.web;

import dev.cachewarden.prune.PlanInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan by hand in a request: either the host or the builder, the rules, and a ceiling. */
record PlanRequest(
        @Nullable Long hostId,
        @Nullable Long builderId,
        @Nullable List<@Nullable RuleRequest> rules,
        @Nullable CeilingRequest ceiling) {

    PlanInput toInput() {
        var sizes = new RequestSizes();
        var input = new PlanInput(
                hostId, builderId, RuleRequest.toInputs(rules, sizes), CeilingRequest.toInput(ceiling, sizes));
        sizes.throwIfAny();
        return input;
    }
}
