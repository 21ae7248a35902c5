package dev.cachewarden.testing;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Hosts in memory, numbered from 1, each with one builder of the same number. */
public final class FakeHosts implements HostRegistry {

    private final Map<Long, WatchedHost> hosts = new ConcurrentSkipListMap<>();
    private final HostProber prober;

    public FakeHosts(HostProber prober) {
        this.prober = prober;
    }

    /** Hosts {@code host-1} and so on that lead to these engines in turn. */
    public static FakeHosts leadingTo(String... engines) {
        var next = List.of(engines).iterator();
        var hosts = new FakeHosts(connection -> new ProbeResult.Reached(HostFixtures.engine(next.next())));
        for (int i = 1; i <= engines.length; i++) {
            hosts.register(HostFixtures.draft("host-" + i, "tcp://127.0.0.1:" + i));
        }
        return hosts;
    }

    @Override
    public List<WatchedHost> all() {
        return hosts.values().stream()
                .sorted(Comparator.comparing(WatchedHost::name))
                .toList();
    }

    @Override
    public Optional<WatchedHost> find(HostId id) {
        return Optional.ofNullable(hosts.get(id.value()));
    }

    @Override
    public Optional<WatchedHost> ofBuilder(BuilderId id) {
        return find(new HostId(id.value()));
    }

    @Override
    public List<WatchedHost> withEngine(String engineId) {
        return hosts.values().stream()
                .filter(host -> engineId.equals(host.engineId()))
                .toList();
    }

    @Override
    public WatchedHost register(HostDraft draft) {
        return put(
                new HostId(hosts.size() + 1L),
                draft,
                found(draft),
                new Reachability.Unknown(HostFixtures.PROBED_AT),
                null);
    }

    @Override
    public WatchedHost change(HostId id, HostDraft draft) {
        return put(id, draft, get(id).capabilities(), get(id).reachability(), get(id).disk());
    }

    private HostCapabilities found(HostDraft draft) {
        return switch (prober.probe(draft.connection())) {
            case ProbeResult.Reached reached -> reached.capabilities();
            case ProbeResult.Failed failed ->
                throw new InvalidInputException("address", failed.problem().message());
        };
    }

    private WatchedHost put(
            HostId id,
            HostDraft draft,
            @Nullable HostCapabilities capabilities,
            Reachability reachability,
            @Nullable DiskReading disk) {
        var builder = new Builder(new BuilderId(id.value()), id, "default", "docker");
        var host = new WatchedHost(
                id,
                draft.connection(),
                draft.labels(),
                draft.pollInterval(),
                draft.enabled(),
                capabilities == null ? null : capabilities.engineId(),
                capabilities,
                reachability,
                List.of(builder),
                null,
                disk);
        hosts.put(id.value(), host);
        return host;
    }

    private HostDraft draft(WatchedHost host) {
        return new HostDraft(host.connection(), host.labels(), host.pollInterval(), host.enabled());
    }

    private WatchedHost get(HostId id) {
        return find(id).orElseThrow(() -> new NotFoundException("There is no host " + id));
    }

    @Override
    public void remove(HostId id) {
        hosts.remove(id.value());
    }

    @Override
    public WatchedHost recordProbe(HostId id, HostCapabilities capabilities) {
        return put(id, draft(get(id)), capabilities, get(id).reachability(), get(id).disk());
    }

    @Override
    public void recordReachable(HostId id) {
        var host = get(id);
        put(id, draft(host), host.capabilities(), new Reachability.Reachable(HostFixtures.PROBED_AT), host.disk());
    }

    @Override
    public void recordUnreachable(HostId id, HostProblem problem) {
        var host = get(id);
        put(
                id,
                draft(host),
                host.capabilities(),
                new Reachability.Unreachable(HostFixtures.PROBED_AT, problem),
                host.disk());
    }

    @Override
    public void recordDisk(HostId id, DiskSource source, DiskReading reading) {
        var host = get(id);
        put(id, draft(host), host.capabilities(), host.reachability(), reading);
    }
}
