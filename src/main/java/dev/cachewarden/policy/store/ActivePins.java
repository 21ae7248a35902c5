package dev.cachewarden.policy.store;

import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.PolicyView;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pins in force at one moment.
 *
 * <p>The pins of the fleet apply to every host. The pins of an enabled policy apply to each host that the policy covers. They count in the
 * plans of every other policy, and in manual plans. It does not matter whether the policy enforces or only reports. If several hosts
 * connect to one engine, a policy that covers one of them covers the engine.
 */
public final class ActivePins {

    private final List<FleetPin> fleet;
    private final List<PolicyView> pinning;
    private final Supplier<? extends Collection<WatchedHost>> hosts;

    /**
     * Creates the pins in force.
     *
     * @param hosts all hosts; requested only if a policy does not cover every host
     */
    public ActivePins(
            List<FleetPin> fleet, Collection<PolicyView> policies, Supplier<? extends Collection<WatchedHost>> hosts) {
        this.fleet = List.copyOf(fleet);
        this.pinning = policies.stream()
                .filter(policy -> policy.enabled() && !policy.pins().isEmpty())
                .toList();
        this.hosts = hosts;
    }

    /**
     * Returns the pins that apply to a plan for a host.
     *
     * @param draftOf ID of the policy whose draft the plan is made from, so that the pins of its saved version do not count; or null if
     *     the plan is not made from a draft
     */
    public List<Filter> on(WatchedHost host, @Nullable Long draftOf) {
        var ofPolicies = pinning.stream()
                .filter(policy -> draftOf == null || policy.id() != draftOf)
                .filter(policy -> covers(policy, host))
                .flatMap(policy -> policy.pins().stream());
        return Stream.concat(fleet.stream().map(FleetPin::filter), ofPolicies)
                .distinct()
                .toList();
    }

    /** Returns every pin that applies to any host. */
    public List<Filter> all() {
        return Stream.concat(
                        fleet.stream().map(FleetPin::filter),
                        pinning.stream().flatMap(policy -> policy.pins().stream()))
                .distinct()
                .toList();
    }

    private boolean covers(PolicyView policy, WatchedHost host) {
        var engine = host.engineId();
        return policy.covers(host)
                || engine != null
                        && hosts.get().stream()
                                .anyMatch(other -> engine.equals(other.engineId()) && policy.covers(other));
    }
}
