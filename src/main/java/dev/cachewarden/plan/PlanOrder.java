package dev.cachewarden.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules and limits to plan with, and their origin.
 *
 * @param pins no rule deletes a record that matches one of these filters
 * @param policy the policy version, or null for a manual plan
 * @param approveAbove a run that deletes more bytes waits for approval; null if no run waits
 * @param by the user who requests the plan
 * @param guards the guards of its run
 */
public record PlanOrder(
        List<PruneRule> rules,
        List<Filter> pins,
        LimitPerRun limitPerRun,
        @Nullable PolicyVersion policy,
        PolicyMode mode,
        @Nullable ByteSize approveAbove,
        String by,
        RunGuards guards) {

    public PlanOrder {
        rules = List.copyOf(rules);
        pins = List.copyOf(pins);
    }

    /** Returns the same order with other rules. */
    public PlanOrder by(List<PruneRule> others) {
        return new PlanOrder(others, pins, limitPerRun, policy, mode, approveAbove, by, guards);
    }

    /** Returns whether any rule depends on the disk. */
    boolean needsDisk() {
        return rules.stream().anyMatch(PruneRule::needsDisk);
    }

    /** Returns whether any rule needs rebuild times. */
    boolean needsRebuildTimes() {
        return rules.stream().anyMatch(PruneRule::needsRebuildTimes);
    }

    /** Returns the same order with additional pins. */
    PlanOrder pinning(List<Filter> others) {
        var all = Stream.concat(pins.stream(), others.stream()).distinct().toList();
        return new PlanOrder(rules, all, limitPerRun, policy, mode, approveAbove, by, guards);
    }

    /**
     * Creates an order for a policy that is not saved.
     *
     * @param active the policy that the draft belongs to, or null if the policy is new
     */
    public static PlanOrder of(PolicyView.Content policy, @Nullable PolicyView active, String by) {
        return new PlanOrder(
                policy.rules(),
                policy.pins(),
                policy.limitPerRun(),
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
                policy.limitPerRun(),
                new PolicyVersion(policy.id(), policy.name(), policy.version()),
                policy.mode(),
                policy.approveAbove(),
                by,
                policy.guards());
    }
}
