package dev.cachewarden.dashboard.host;

import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.Governance;
import dev.cachewarden.policy.PolicyView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A policy whose scope contains a host.
 *
 * @param role effect of the policy on the host, in a few words
 * @param why reason, in words
 */
record PolicyOfHost(PolicyView policy, String role, String why) {

    /** Returns the policies whose scope contains the host: first the one that prunes it, then overruled ones, then those in report mode. */
    static List<PolicyOfHost> of(Collection<WatchedHost> addresses, Collection<PolicyView> policies) {
        var governance = Governance.of(addresses, policies);
        var found = new ArrayList<PolicyOfHost>();
        governance.governing().ifPresent(governing -> {
            found.add(new PolicyOfHost(governing, "Prunes it", whyGoverning(governing, governance)));
            governance
                    .overruled()
                    .forEach(overruled ->
                            found.add(new PolicyOfHost(overruled, "Overruled", Governance.why(governing, overruled))));
        });
        governance
                .watching()
                .forEach(watching -> found.add(
                        new PolicyOfHost(watching, "Only reports", "it never deletes, so it overrules none")));
        return found;
    }

    private static String whyGoverning(PolicyView governing, Governance governance) {
        String scope = governing.scope().everyHost()
                ? "it is for every host"
                : "the host passes its scope " + governing.scope();
        return governance.overruled().isEmpty()
                ? scope
                : scope + ", and "
                        + Governance.why(governing, governance.overruled().getFirst());
    }
}
