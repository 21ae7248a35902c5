package dev.cachewarden.plan;

import dev.cachewarden.policy.PolicyDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input of a manual plan, not yet validated. It names either the host or the builder.
 *
 * @param ceiling the most that the run may delete; required
 */
public record PlanInput(
        @Nullable Long hostId,
        @Nullable Long builderId,
        List<PolicyDocument.Rule> rules,
        PolicyDocument.Ceiling ceiling) {
    public PlanInput {
        rules = List.copyOf(rules);
    }
}
