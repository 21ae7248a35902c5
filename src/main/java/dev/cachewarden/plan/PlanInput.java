package dev.cachewarden.plan;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.store.InputProblems;
import dev.cachewarden.policy.store.JsonColumns;
import dev.cachewarden.policy.store.RuleReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input of a manual plan, not yet validated. It names either the host or the builder.
 *
 * @param limitPerRun the most that the run may delete; required
 */
public record PlanInput(
        @Nullable Long hostId,
        @Nullable Long builderId,
        List<PolicyDocument.Rule> rules,
        PolicyDocument.LimitPerRun limitPerRun) {
    public PlanInput {
        rules = List.copyOf(rules);
    }

    /**
     * Returns whether a plan has these rules and this limit per run.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     */
    public boolean isOf(PlanView plan) {
        var problems = new InputProblems();
        var read = RuleReader.rules(rules, problems);
        var limit = RuleReader.limitPerRun(limitPerRun, problems);
        problems.throwIfAny();
        return JsonColumns.rules(read).equals(JsonColumns.rules(plan.terms().rules()))
                && plan.terms().limitPerRun().equals(limit);
    }
}
