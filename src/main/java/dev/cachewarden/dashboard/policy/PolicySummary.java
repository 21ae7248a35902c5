package dev.cachewarden.dashboard.policy;

import dev.cachewarden.dashboard.prune.GuardWords;
import dev.cachewarden.dashboard.prune.RuleWords;
import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView;
import java.util.List;

/** A policy as pages show it. */
record PolicySummary(PolicyView policy, List<String> rules, String schedule) {

    static PolicySummary of(PolicyView policy) {
        return new PolicySummary(
                policy, policy.rules().stream().map(RuleWords::of).toList(), ScheduleWords.of(policy.triggers()));
    }

    public String guards() {
        return GuardWords.of(policy.guards());
    }

    public boolean enforces() {
        return policy.mode() == PolicyMode.ENFORCE;
    }
}
