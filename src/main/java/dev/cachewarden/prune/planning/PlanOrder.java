package dev.cachewarden.prune.planning;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.prune.PlanView.PolicyVersion;
import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.Ceiling;
import dev.cachewarden.prune.plan.PruneRule;
import dev.cachewarden.prune.plan.RunGuards;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to plan by, and for whom.
 *
 * @param policy null: by hand
 * @param approveAbove null: no run waits
 * @param by who asks
 * @param guards of its run
 */
public record PlanOrder(
        List<PruneRule> rules,
        Ceiling ceiling,
        @Nullable PolicyVersion policy,
        PolicyMode mode,
        @Nullable ByteSize approveAbove,
        String by,
        RunGuards guards) {

    public PlanOrder {
        rules = List.copyOf(rules);
    }

    public static PlanOrder of(PolicyView policy, String by) {
        return new PlanOrder(
                policy.rules(),
                policy.ceiling(),
                new PolicyVersion(policy.id(), policy.name(), policy.version()),
                policy.mode(),
                policy.approveAbove(),
                by,
                RunGuards.NONE);
    }
}
