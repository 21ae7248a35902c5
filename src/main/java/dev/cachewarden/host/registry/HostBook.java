package dev.cachewarden.host.registry;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostBecameUnreachable;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRecovered;
import dev.cachewarden.host.HostSaved;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.VisibleText;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes hosts, each in a transaction that never waits for a host to respond. */
@Component
@Transactional
class HostBook {

    private static final long NOBODY = -1;

    private final Hosts hosts;
    private final KnownHosts known;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    HostBook(Hosts hosts, KnownHosts known, InstantSource clock, ApplicationEventPublisher events) {
        this.known = known;
        this.hosts = hosts;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Returns all hosts without the cache. Within a transaction, hosts may be outdated or contain uncommitted changes, so they must not be
     * cached.
     */
    @Transactional(readOnly = true)
    List<WatchedHost> allWithinTransaction() {
        return watched(hosts.inOrderOfName());
    }

    /** Returns all hosts with the cache, in a new transaction. Must not be called within a transaction. */
    @Transactional(readOnly = true)
    List<WatchedHost> all() {
        return known.inOrderOfName();
    }

    @Transactional(readOnly = true)
    Optional<WatchedHost> find(HostId id) {
        return hosts.find(id.value()).map(Host::watched);
    }

    @Transactional(readOnly = true)
    Optional<WatchedHost> ofBuilder(BuilderId id) {
        return hosts.ofBuilder(id.value()).map(Host::watched);
    }

    @Transactional(readOnly = true)
    List<WatchedHost> withEngine(String engineId) {
        return watched(hosts.withEngine(engineId));
    }

    @Transactional(readOnly = true)
    void checkNameIsFree(String name) {
        checkNameIsFree(name, NOBODY);
    }

    @Transactional(readOnly = true)
    void checkNameIsFree(String name, HostId except) {
        checkNameIsFree(name, except.value());
    }

    private void checkNameIsFree(String name, long except) {
        // Two existing names that differ only in case stay valid.
        boolean keepsItsOwn = hosts.nameOf(except)
                .filter(own -> VisibleText.isSameName(own, name))
                .isPresent();
        for (var other : hosts.namesExceptOf(except)) {
            if (other.equals(name) || !keepsItsOwn && VisibleText.isSameName(other, name)) {
                throw nameIsTaken(name);
            }
        }
    }

    static InvalidInputException nameIsTaken(String name) {
        return new InvalidInputException("name", "'" + name + "' is the name of another host; choose a different one");
    }

    WatchedHost add(HostDraft draft, HostCapabilities found) {
        var host = new Host(draft, clock.instant());
        host.recordProbe(found);
        recordReachable(host);
        return saved(host);
    }

    /** Adds a host without a probe; its first poll determines its properties. */
    WatchedHost addFrom(String file, HostDraft draft) {
        var host = new Host(draft, clock.instant());
        host.belongTo(file);
        return saved(host);
    }

    WatchedHost revise(HostId id, HostDraft draft) {
        var host = getEditable(id);
        host.revise(draft, clock.instant());
        return saved(host);
    }

    WatchedHost reviseFrom(String file, HostId id, HostDraft draft) {
        var host = get(id);
        host.revise(draft, clock.instant());
        host.belongTo(file);
        return saved(host);
    }

    WatchedHost release(HostId id) {
        var host = get(id);
        host.belongTo(null);
        return hosts.saveAndFlush(host).watched();
    }

    WatchedHost revise(HostId id, HostDraft draft, HostCapabilities found) {
        var host = getEditable(id);
        host.revise(draft, clock.instant());
        host.recordProbe(found);
        recordReachable(host);
        return saved(host);
    }

    private WatchedHost saved(Host host) {
        var watched = hosts.saveAndFlush(host).watched();
        events.publishEvent(new HostSaved(watched.id()));
        return watched;
    }

    void remove(HostId id) {
        if (hosts.remove(id.value()) == 0) {
            getEditable(id);
            throw missing(id);
        }
    }

    WatchedHost recordProbe(HostId id, HostCapabilities found) {
        var host = get(id);
        var registered = host.engineId();
        if (registered != null && !registered.equals(found.engineId())) {
            throw new ConflictException(anotherEngine(host.connection(), registered, found.engineId()));
        }
        host.recordProbe(found);
        return hosts.saveAndFlush(host).watched();
    }

    static String anotherEngine(HostConnection connection, String registered, String found) {
        return "Engine " + found + " responds at " + connection.address().text() + ", but " + connection.name()
                + " is registered as engine " + registered
                + ". If the engine was reinstalled, remove the host and add it again";
    }

    void recordReachable(HostId id) {
        hosts.findToChange(id.value()).ifPresent(this::recordReachable);
    }

    void recordUnreachable(HostId id, HostProblem problem) {
        var now = clock.instant();
        hosts.findToChange(id.value())
                .filter(host -> host.recordUnreachable(problem, now))
                .ifPresent(host -> events.publishEvent(new HostBecameUnreachable(id, problem, now)));
    }

    private void recordReachable(Host host) {
        var now = clock.instant();
        var outage = host.recordReachable(now);
        if (outage != null) {
            events.publishEvent(new HostRecovered(host.watched().id(), outage, now));
        }
    }

    void recordDisk(HostId id, DiskSource source, DiskReading reading) {
        hosts.findToChange(id.value()).ifPresent(host -> host.recordDisk(source, reading));
    }

    private Host get(HostId id) {
        return hosts.findToChange(id.value()).orElseThrow(() -> missing(id));
    }

    private Host getEditable(HostId id) {
        var host = get(id);
        requireEditable(host.connection().name(), host.configFile());
        return host;
    }

    /** Rejects a user's change to a host that a configuration file manages. */
    static void requireEditable(String name, @Nullable String configFile) {
        if (configFile != null) {
            throw new ConflictException("Host " + name + " is managed by the configuration file " + configFile
                    + ". Nothing was changed. Edit the file instead.");
        }
    }

    static NotFoundException missing(HostId id) {
        return new NotFoundException("There is no host " + id);
    }

    private static List<WatchedHost> watched(List<Host> hosts) {
        return hosts.stream().map(Host::watched).toList();
    }
}
