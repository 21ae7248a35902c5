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
            found.add(new PolicyOfHost(governing, "Prunes this host", whyGoverning(governing, governance)));
            governance
                    .overruled()
                    .forEach(overruled ->
                            found.add(new PolicyOfHost(overruled, "Overruled", Governance.why(governing, overruled))));
        });
        governance
                .watching()
                .forEach(watching -> found.add(new PolicyOfHost(
                        watching, "Report mode", "it never deletes records, so it overrules no other policy")));
        return found;
    }

    private static String whyGoverning(PolicyView governing, Governance governance) {
        String scope = governing.scope().everyHost()
                ? "its scope covers all hosts"
                : "its scope " + governing.scope() + " covers this host";
        return governance.overruled().isEmpty()
                ? scope
                : scope + ", and "
                        + Governance.why(governing, governance.overruled().getFirst());
    }
}
