package dev.cachewarden.prune.priority;

import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which policy prunes an engine by itself, and which ones it overrules.
 *
 * <p>Only policies that are switched on count. Of those that enforce, the one of the highest priority governs; of equals the one that
 * was there first. Those that only report delete nothing, so they neither govern nor are overruled: they are how one tries a policy
 * beside the one at work.
 *
 * @param governing empty: none prunes it
 * @param overruled enforcing ones that do not fire on it by themselves, highest priority first
 * @param watching those that report on it, highest priority first
 */
public record Governance(Optional<PolicyView> governing, List<PolicyView> overruled, List<PolicyView> watching) {

    private static final Comparator<PolicyView> HIGHEST_FIRST =
            Comparator.comparingInt(PolicyView::priority).reversed().thenComparingLong(PolicyView::id);

    /** @param addresses every registered host that leads to the one engine: a policy covers the engine if it covers any of them */
    public static Governance of(Collection<WatchedHost> addresses, Collection<PolicyView> policies) {
        var covering = policies.stream()
                .filter(policy -> policy.enabled() && addresses.stream().anyMatch(policy::covers))
                .sorted(HIGHEST_FIRST)
                .toList();
        var enforcing = covering.stream()
                .filter(policy -> policy.mode() == PolicyMode.ENFORCE)
                .toList();
        return new Governance(
                enforcing.stream().findFirst(),
                enforcing.stream().skip(1).toList(),
                covering.stream()
                        .filter(policy -> policy.mode() == PolicyMode.REPORT)
                        .toList());
    }

    /** The policy that has this one stand back; empty: none does, also where it only reports. */
    public Optional<PolicyView> overruling(PolicyView policy) {
        return overruled.stream().anyMatch(other -> other.id() == policy.id()) ? governing : Optional.empty();
    }

    /** Why one policy stands back for another. */
    public static String why(PolicyView governing, PolicyView overruled) {
        return governing.priority() > overruled.priority()
                ? "priority " + governing.priority() + " is higher than " + overruled.priority()
                : "both have priority " + governing.priority() + ", and " + governing.name() + " was there first";
    }
}
