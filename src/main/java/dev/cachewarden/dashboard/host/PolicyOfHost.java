package dev.cachewarden.dashboard.host;

import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.PolicyPrecedence;
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
        var precedence = PolicyPrecedence.of(addresses, policies);
        var found = new ArrayList<PolicyOfHost>();
        precedence.governing().ifPresent(governing -> {
            found.add(new PolicyOfHost(governing, "Prunes this host", whyGoverning(governing, precedence)));
            precedence
                    .overruled()
                    .forEach(overruled -> found.add(
                            new PolicyOfHost(overruled, "Overruled", PolicyPrecedence.why(governing, overruled))));
        });
        precedence
                .watching()
                .forEach(watching -> found.add(new PolicyOfHost(
                        watching,
                        "Report mode",
                        "it never deletes records, so it takes precedence over no other policy")));
        return found;
    }

    private static String whyGoverning(PolicyView governing, PolicyPrecedence precedence) {
        String scope = governing.scope().everyHost()
                ? "its scope covers all hosts"
                : "its scope " + governing.scope() + " covers this host";
        return precedence.overruled().isEmpty()
                ? scope
                : scope + ", and "
                        + PolicyPrecedence.why(governing, precedence.overruled().getFirst());
    }
}
