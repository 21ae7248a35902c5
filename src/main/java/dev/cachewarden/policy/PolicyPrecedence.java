package dev.cachewarden.policy;

import dev.cachewarden.host.WatchedHost;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The policy precedence on an engine: which policy prunes it automatically, and which policies it overrules.
 *
 * <p>Only enabled policies count. Among the policies that enforce, the one with the highest priority takes precedence, and among equals the
 * oldest one. Policies in report mode delete nothing, so they neither take precedence nor are overruled. Users try a policy in report mode
 * next to the active one.
 *
 * @param governing the policy that prunes the engine automatically, or empty if no policy does
 * @param overruled policies that enforce but do not start on the engine automatically, highest priority first
 * @param watching policies that report on the engine, highest priority first
 */
public record PolicyPrecedence(Optional<PolicyView> governing, List<PolicyView> overruled, List<PolicyView> watching) {

    private static final Comparator<PolicyView> HIGHEST_FIRST =
            Comparator.comparingInt(PolicyView::priority).reversed().thenComparingLong(PolicyView::id);

    /**
     * Determines the precedence on one engine.
     *
     * @param addresses every registered host that connects to the engine; a policy covers the engine if it covers any of them
     */
    public static PolicyPrecedence of(Collection<WatchedHost> addresses, Collection<PolicyView> policies) {
        var covering = policies.stream()
                .filter(policy -> policy.enabled() && addresses.stream().anyMatch(policy::covers))
                .sorted(HIGHEST_FIRST)
                .toList();
        var enforcing = covering.stream()
                .filter(policy -> policy.mode() == PolicyMode.ENFORCE)
                .toList();
        return new PolicyPrecedence(
                enforcing.stream().findFirst(),
                enforcing.stream().skip(1).toList(),
                covering.stream()
                        .filter(policy -> policy.mode() == PolicyMode.REPORT)
                        .toList());
    }

    /**
     * Returns the policy that takes precedence over this one, or empty if no policy does. The result is also empty if this policy only
     * reports.
     */
    public Optional<PolicyView> overruling(PolicyView policy) {
        return overruled.stream().anyMatch(other -> other.id() == policy.id()) ? governing : Optional.empty();
    }

    /** Returns why one policy takes precedence over another. */
    public static String why(PolicyView governing, PolicyView overruled) {
        return governing.priority() > overruled.priority()
                ? "priority " + governing.priority() + " is higher than " + overruled.priority()
                : "both have priority " + governing.priority() + ", and " + governing.name() + " was created first";
    }
}
