package dev.cachewarden.build.follow;

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
 * One engine whose builds are followed. Several hosts may lead to it, such as by its socket and by TLS; it remembers each build once, so it
 * is asked once, and its builds belong to one builder whichever way they came.
 *
 * @param host the one that is asked
 * @param capabilities of that host
 * @param builder the one whose builds they are; may be another host's
 */
record Followed(WatchedHost host, HostCapabilities capabilities, BuilderId builder) {

    private static final Comparator<WatchedHost> OLDEST_FIRST =
            Comparator.comparing(host -> host.id().value());

    /**
     * Every engine that can be asked, in the order of the ids of its hosts. Asked is the host whose builder owns the builds while it answers,
     * else the oldest that does. The owner is the oldest builder that has builds already, else the oldest: it does not change when a host
     * comes to answer late, or is away for a while.
     *
     * @param hasBuilds whether a builder's own history is stored already
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

    /** Hosts whose engine is not known yet are not taken for the same. */
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

    /** One that was not read yet may answer. */
    private static boolean answers(WatchedHost host) {
        return !(host.reachability() instanceof Reachability.Unreachable);
    }

    private static BuilderId builder(WatchedHost host) {
        return host.builders().stream().map(Builder::id).findFirst().orElseThrow();
    }
}
