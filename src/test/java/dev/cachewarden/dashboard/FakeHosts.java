package dev.cachewarden.dashboard;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts kept in memory; {@link #prober} represents what would answer at an address. */
public final class FakeHosts implements HostRegistry {

    private final Map<HostId, WatchedHost> hosts = new ConcurrentHashMap<>();
    private final FakeProber prober;
    private final Instant now;

    public FakeHosts(FakeProber prober, Instant now) {
        this.prober = prober;
        this.now = now;
    }

    void clear() {
        hosts.clear();
    }

    WatchedHost put(WatchedHost host) {
        hosts.put(host.id(), host);
        return host;
    }

    @Override
    public List<WatchedHost> all() {
        return hosts.values().stream()
                .sorted(Comparator.comparing(WatchedHost::name))
                .toList();
    }

    @Override
    public Optional<WatchedHost> find(HostId id) {
        return Optional.ofNullable(hosts.get(id));
    }

    @Override
    public Optional<WatchedHost> ofBuilder(BuilderId id) {
        return hosts.values().stream()
                .filter(host -> host.builders().stream().anyMatch(b -> b.id().equals(id)))
                .findAny();
    }

    @Override
    public List<WatchedHost> withEngine(String engineId) {
        return hosts.values().stream()
                .filter(host -> engineId.equals(host.engineId()))
                .sorted(Comparator.comparing(host -> host.id().value()))
                .toList();
    }

    @Override
    public WatchedHost register(HostDraft draft) {
        if (all().stream()
                .anyMatch(host -> host.name().equals(draft.connection().name()))) {
            throw new InvalidInputException("name", "'" + draft.connection().name() + "' is taken");
        }
        long next = hosts.keySet().stream().mapToLong(HostId::value).max().orElse(0) + 1;
        return put(probed(new HostId(next), draft));
    }

    @Override
    public WatchedHost change(HostId id, HostDraft draft) {
        if (find(id).isEmpty()) {
            throw new NotFoundException("There is no host " + id + ".");
        }
        return put(probed(id, draft));
    }

    private WatchedHost probed(HostId id, HostDraft draft) {
        return switch (prober.probe(draft.connection())) {
            case ProbeResult.Failed failed ->
                throw new InvalidInputException("address", failed.problem().message());
            case ProbeResult.Reached reached ->
                new WatchedHost(
                        id,
                        draft.connection(),
                        draft.labels(),
                        draft.pollInterval(),
                        draft.enabled(),
                        reached.capabilities().engineId(),
                        reached.capabilities(),
                        new Reachability.Unknown(now),
                        List.of(new Builder(new BuilderId(id.value() * 10), id, "default", "docker")),
                        null,
                        null);
        };
    }

    @Override
    public void remove(HostId id) {
        hosts.remove(id);
    }

    @Override
    public WatchedHost recordProbe(HostId id, HostCapabilities capabilities) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recordReachable(HostId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recordUnreachable(HostId id, HostProblem problem) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recordDisk(HostId id, DiskSource source, DiskReading reading) {
        throw new UnsupportedOperationException();
    }
}
