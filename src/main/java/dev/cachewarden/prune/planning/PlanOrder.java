package dev.cachewarden.prune.planning;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.prune.PlanView.PolicyVersion;
import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.rule.Ceiling;
import dev.cachewarden.prune.plan.rule.Filter;
import dev.cachewarden.prune.plan.rule.PruneRule;
import dev.cachewarden.prune.plan.rule.RunGuards;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to plan by, and for whom.
 *
 * @param pins what passes any of them no rule may take
 * @param policy null: by hand
 * @param approveAbove null: no run waits
 * @param by who asks
 * @param guards of its run
 */
public record PlanOrder(
        List<PruneRule> rules,
        List<Filter> pins,
        Ceiling ceiling,
        @Nullable PolicyVersion policy,
        PolicyMode mode,
        @Nullable ByteSize approveAbove,
        String by,
        RunGuards guards) {

    public PlanOrder {
        rules = List.copyOf(rules);
        pins = List.copyOf(pins);
    }

    /** The same with other rules. */
    public PlanOrder by(List<PruneRule> others) {
        return new PlanOrder(others, pins, ceiling, policy, mode, approveAbove, by, guards);
    }

    /** Whether any rule speaks of the disk. */
    boolean needsDisk() {
        return rules.stream().anyMatch(PruneRule::needsDisk);
    }

    /** Whether any rule asks how long records take to make again. */
    boolean needsRebuildTimes() {
        return rules.stream().anyMatch(PruneRule::needsRebuildTimes);
    }

    /** The same with further pins. */
    PlanOrder pinning(List<Filter> others) {
        var all = Stream.concat(pins.stream(), others.stream()).distinct().toList();
        return new PlanOrder(rules, all, ceiling, policy, mode, approveAbove, by, guards);
    }

    /**
     * Of a policy that is not saved.
     *
     * @param active the policy that it is a draft of; null: it is a new one
     */
    public static PlanOrder of(PolicyView.Content policy, @Nullable PolicyView active, String by) {
        return new PlanOrder(
                policy.rules(),
                policy.pins(),
                policy.ceiling(),
                active == null ? null : new PolicyVersion(active.id(), active.name(), active.version(), true),
                policy.mode(),
                policy.approveAbove(),
                by,
                policy.guards());
    }

    public static PlanOrder of(PolicyView policy, String by) {
        return new PlanOrder(
                policy.rules(),
                policy.pins(),
                policy.ceiling(),
                new PolicyVersion(policy.id(), policy.name(), policy.version()),
                policy.mode(),
                policy.approveAbove(),
                by,
                policy.guards());
    }
}
