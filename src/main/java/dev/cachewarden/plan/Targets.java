package dev.cachewarden.plan;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.PolicyPrecedence;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The search for builders to plan for, by ID or by a policy's scope. */
@Component
public class Targets {

    private final HostRegistry hosts;

    Targets(HostRegistry hosts) {
        this.hosts = hosts;
    }

    /**
     * The targets in the scope of a policy.
     *
     * @param refused hosts in the scope for which planning is not possible yet
     */
    public record Scope(List<Target> targets, List<PlanOutcome.Refused> refused) {}

    /**
     * Returns one target per engine, even if several hosts connect to it. A reachable host takes precedence, then the host that was
     * registered first.
     */
    public Scope inScope(PolicyView.Content policy) {
        var covered = hosts.all().stream()
                .filter(host -> host.enabled() && policy.covers(host))
                .sorted(Comparator.<WatchedHost, Boolean>comparing(host -> !reachable(host))
                        .thenComparingLong(host -> host.id().value()))
                .toList();
        var targets = new LinkedHashMap<String, Target>();
        var refused = new ArrayList<PlanOutcome.Refused>();
        for (var host : covered) {
            var target = target(host, firstBuilder(host));
            if (target.isEmpty()) {
                refused.add(new PlanOutcome.Refused(host.id(), host.name(), neverReached(host)));
            } else {
                targets.putIfAbsent(target.get().engineId(), target.get());
            }
        }
        return new Scope(List.copyOf(targets.values()), refused);
    }

    /**
     * Returns the targets in the scope of a policy for which no other policy takes precedence, as when the policy starts automatically. The
     * other targets are refused with a reason.
     *
     * @param all all existing policies
     */
    public Scope governedBy(PolicyView policy, Collection<PolicyView> all) {
        var scope = inScope(policy.content());
        var addresses = hosts.all().stream()
                .filter(host -> host.engineId() != null)
                .collect(Collectors.groupingBy(host -> Objects.requireNonNull(host.engineId())));
        var targets = new ArrayList<Target>();
        var refused = new ArrayList<>(scope.refused());
        for (var target : scope.targets()) {
            var overruling = PolicyPrecedence.of(addresses.getOrDefault(target.engineId(), List.of(target.host())), all)
                    .overruling(policy);
            overruling.ifPresentOrElse(
                    other -> refused.add(new PlanOutcome.Refused(
                            target.host().id(),
                            target.name(),
                            "Policy " + other.name() + " takes precedence: " + PolicyPrecedence.why(other, policy)
                                    + ".")),
                    () -> targets.add(target));
        }
        return new Scope(List.copyOf(targets), refused);
    }

    /**
     * Returns the target that a user names.
     *
     * @throws InvalidInputException if neither or both are given
     * @throws NotFoundException if the host or builder does not exist
     * @throws ConflictException if the host is disabled, or was never reached
     */
    Target named(@Nullable Long hostId, @Nullable Long builderId) {
        if ((hostId == null) == (builderId == null)) {
            throw new InvalidInputException("hostId", "set either hostId or builderId");
        }
        var host = host(hostId, builderId);
        if (!host.enabled()) {
            throw new ConflictException("Host " + host.name() + " is disabled. Enable it to create a plan.");
        }
        var builder = builderId == null ? firstBuilder(host) : builder(host, new BuilderId(builderId));
        return target(host, builder).orElseThrow(() -> new ConflictException(neverReached(host)));
    }

    private WatchedHost host(@Nullable Long hostId, @Nullable Long builderId) {
        if (hostId != null) {
            return hosts.find(new HostId(hostId))
                    .orElseThrow(() -> new NotFoundException("There is no host " + hostId + "."));
        }
        long id = builderId == null ? 0 : builderId;
        return hosts.ofBuilder(new BuilderId(id))
                .orElseThrow(() -> new NotFoundException("There is no builder " + id + "."));
    }

    private static Optional<Builder> builder(WatchedHost host, BuilderId id) {
        return host.builders().stream()
                .filter(builder -> builder.id().equals(id))
                .findFirst();
    }

    private static Optional<Builder> firstBuilder(WatchedHost host) {
        return host.builders().stream().findFirst();
    }

    private static Optional<Target> target(WatchedHost host, Optional<Builder> builder) {
        var engineId = host.engineId();
        return engineId == null ? Optional.empty() : builder.map(found -> new Target(host, found, engineId));
    }

    private static boolean reachable(WatchedHost host) {
        return host.reachability() instanceof Reachability.Reachable;
    }

    private static String neverReached(WatchedHost host) {
        return "Host " + host.name()
                + " has never been reached, so its cache is unknown. See the host page for the cause.";
    }
}
