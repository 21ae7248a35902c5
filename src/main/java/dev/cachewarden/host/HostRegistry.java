package dev.cachewarden.host;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The registered hosts. */
public interface HostRegistry {

    /** Returns all hosts in the order of their names. */
    List<WatchedHost> all();

    Optional<WatchedHost> find(HostId id);

    Optional<WatchedHost> ofBuilder(BuilderId id);

    /** Returns the hosts that lead to the same engine, in the order of their IDs: one cache with several addresses. */
    List<WatchedHost> withEngine(String engineId);

    /**
     * Returns the builders of all hosts that lead to the same engine as the given host. Each build of this engine belongs to one of them,
     * regardless of the host that reported it. Empty only if the caches of all these hosts are unknown.
     */
    default Set<BuilderId> buildersOfEngine(WatchedHost host) {
        var same = host.engineId() == null ? List.of(host) : withEngine(host.engineId());
        return same.stream()
                .flatMap(one -> one.builders().stream())
                .map(Builder::id)
                .collect(Collectors.toSet());
    }

    /** Returns the result of {@link #buildersOfEngine} for every builder, with one read of the hosts. */
    default Map<BuilderId, Set<BuilderId>> buildersByEngine() {
        var byEngine = new HashMap<String, Set<BuilderId>>();
        var all = new HashMap<BuilderId, Set<BuilderId>>();
        for (var host : all()) {
            var same = host.engineId() == null
                    ? new HashSet<BuilderId>()
                    : byEngine.computeIfAbsent(host.engineId(), any -> new HashSet<>());
            for (var builder : host.builders()) {
                same.add(builder.id());
                all.put(builder.id(), same);
            }
        }
        return all;
    }

    /**
     * Probes a host ({@link HostProber}), and saves it only if it responds.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming the field, for example a name in use or an address that does not respond
     */
    WatchedHost register(HostDraft draft);

    /**
     * Changes a host. Probes it only if its connection changes, so that an unreachable host can still be renamed or disabled. Rejects an
     * address that leads to a different engine.
     *
     * @throws dev.cachewarden.rest.InvalidInputException as {@link #register}
     * @throws dev.cachewarden.rest.ConflictException if a configuration file manages it
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    WatchedHost change(HostId id, HostDraft draft);

    /**
     * Removes a host with all its history.
     *
     * @throws dev.cachewarden.rest.ConflictException if a configuration file manages it
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    void remove(HostId id);

    /**
     * Stores the result of a probe, and creates the builder if it is new. Does not change the reachability of the host.
     *
     * @throws dev.cachewarden.rest.ConflictException if a different engine responded than the registered one
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    WatchedHost recordProbe(HostId id, HostCapabilities capabilities);

    /** Stores that the last reading succeeded. Writes only if this is a change. Does nothing if the host was removed in the meantime. */
    void recordReachable(HostId id);

    /**
     * Stores that the last reading failed, and why. Writes only if this is a change. Does nothing if the host was removed in the meantime.
     */
    void recordUnreachable(HostId id, HostProblem problem);

    /**
     * Stores a reading of a host's disk. Does nothing if the host was removed or has a different source in the meantime.
     *
     * @param source source of the reading
     */
    void recordDisk(HostId id, DiskSource source, DiskReading reading);
}
