package dev.cachewarden.build.intake;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An engine whose builds are followed. Several hosts can lead to the same engine, for example by its socket and by TLS. The engine records
 * each build once, so only one host is queried, and all builds belong to one builder.
 *
 * @param host host that is queried
 * @param capabilities capabilities of that host
 * @param builder builder that owns the builds; it can belong to another host
 */
record Followed(WatchedHost host, HostCapabilities capabilities, BuilderId builder) {

    private static final Comparator<WatchedHost> OLDEST_FIRST =
            Comparator.comparing(host -> host.id().value());

    /**
     * Returns all engines that can be followed, in the order of the IDs of their hosts. The queried host is the owner of the builds while
     * it is reachable, otherwise the oldest reachable host. The owner is the oldest builder that already has builds, otherwise the oldest
     * builder. It does not change if a host becomes reachable later, or is unreachable for some time.
     *
     * @param hasBuilds whether builds from the history of a builder are already stored
     */
    static List<Followed> of(List<WatchedHost> hosts, Predicate<BuilderId> hasBuilds) {
        Map<String, List<WatchedHost>> byEngine = new TreeMap<>();
        hosts.stream()
                .filter(host -> !host.builders().isEmpty())
                .sorted(OLDEST_FIRST)
                .forEach(host -> byEngine.computeIfAbsent(engine(host), any -> new ArrayList<>())
                        .add(host));
        return byEngine.values().stream()
                .flatMap(same -> one(same, hasBuilds))
                .sorted(Comparator.comparing(Followed::host, OLDEST_FIRST))
                .toList();
    }

    /** Returns a key for the engine. Hosts whose engine is still unknown have different keys. */
    private static String engine(WatchedHost host) {
        return host.engineId() == null ? "\0" + host.id() : host.engineId();
    }

    private static Stream<Followed> one(List<WatchedHost> same, Predicate<BuilderId> hasBuilds) {
        var owner = same.size() == 1
                ? same.getFirst()
                : same.stream()
                        .filter(host -> hasBuilds.test(builder(host)))
                        .findFirst()
                        .orElse(same.getFirst());
        return same.stream()
                .filter(host -> host.enabled() && host.capabilities() != null)
                .min(Comparator.comparing((WatchedHost host) -> !answers(host))
                        .thenComparing(host -> !host.id().equals(owner.id()))
                        .thenComparing(OLDEST_FIRST))
                .map(host -> new Followed(host, Objects.requireNonNull(host.capabilities()), builder(owner)))
                .stream();
    }

    /** Returns whether a host may be reachable. This includes hosts that have not been polled yet. */
    private static boolean answers(WatchedHost host) {
        return !(host.reachability() instanceof Reachability.Unreachable);
    }

    private static BuilderId builder(WatchedHost host) {
        return host.builders().stream().map(Builder::id).findFirst().orElseThrow();
    }
}
