package dev.cachewarden.host;

import dev.cachewarden.host.disk.DiskReading;
import dev.cachewarden.host.disk.DiskSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The hosts we watch. */
public interface HostRegistry {

    /** All hosts in the order of their names. */
    List<WatchedHost> all();

    Optional<WatchedHost> find(HostId id);

    Optional<WatchedHost> ofBuilder(BuilderId id);

    /** Hosts that lead to the same engine, in the order of their ids: one cache behind several addresses. */
    List<WatchedHost> withEngine(String engineId);

    /**
     * The builders of all hosts that lead to the same engine as one of them: what is known of its builds belongs to one of these, whichever
     * way it came. Empty only if the cache of none of them is known.
     */
    default Set<BuilderId> buildersOfEngine(WatchedHost host) {
        var same = host.engineId() == null ? List.of(host) : withEngine(host.engineId());
        return same.stream()
                .flatMap(one -> one.builders().stream())
                .map(Builder::id)
                .collect(Collectors.toSet());
    }

    /** The same of every builder there is, at once. */
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
     * Tries the host out ({@link HostProber}) and saves it only if it answers.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming the field: a name that is taken, an address that does not answer
     */
    WatchedHost register(HostDraft draft);

    /**
     * The same for a change. Tried out only where the way to the host changes, so that a host that is down can still be renamed or
     * switched off. An address that leads to another engine is told and refused.
     *
     * @throws dev.cachewarden.rest.InvalidInputException as {@link #register}
     * @throws dev.cachewarden.rest.ConflictException if it comes from a configuration file
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    WatchedHost change(HostId id, HostDraft draft);

    /**
     * Forgets a host with all its history.
     *
     * @throws dev.cachewarden.rest.ConflictException if it comes from a configuration file
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    void remove(HostId id);

    /**
     * Stores what a probe found, creating the builder where it is new. Whether the host is reachable is told apart from it.
     *
     * @throws dev.cachewarden.rest.ConflictException if another engine answered than the one that was registered
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    WatchedHost recordProbe(HostId id, HostCapabilities capabilities);

    /** Stores that the last reading succeeded; writes only where that is a change. A host that was removed meanwhile is passed over. */
    void recordReachable(HostId id);

    /** Stores that the last reading failed and why; writes only where that is a change. A host that was removed meanwhile is passed over. */
    void recordUnreachable(HostId id, Trouble trouble);

    /**
     * Stores what was said of a host's disk. Passed over where the host was removed meanwhile, or its disk is asked for elsewhere by now.
     *
     * @param source who said it
     */
    void recordDisk(HostId id, DiskSource source, DiskReading reading);
}
