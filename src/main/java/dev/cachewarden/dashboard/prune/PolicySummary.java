package dev.cachewarden.dashboard.prune;

import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.RuleWords;
import dev.cachewarden.rest.ConflictException;
import java.util.List;

/** A policy as pages show it. */
record PolicySummary(PolicyView policy, List<String> rules, String schedule) {

    static PolicySummary of(PolicyView policy) {
        return new PolicySummary(
                policy, policy.rules().stream().map(RuleWords::of).toList(), ScheduleWords.of(policy.triggers()));
    }

    /** Rejects the form of a policy that is managed by a configuration file. */
    static void requireEditable(PolicyView policy) {
        if (policy.configFile() != null) {
            throw new ConflictException("Policy " + policy.name() + " comes from the configuration file "
                    + policy.configFile() + " and can be changed only there.");
        }
    }

    public String guards() {
        return GuardWords.of(policy.guards());
    }

    public boolean enforces() {
        return policy.mode() == PolicyMode.ENFORCE;
    }
}
