package dev.cachewarden.dashboard;

import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.Reachability;

/** Reads what is there already; a host in problem stays in problem. */
final class FakeSampler implements HostSampler {

    private final FakeHosts hosts;
    private final FakeHistory history;

    FakeSampler(FakeHosts hosts, FakeHistory history) {
        this.hosts = hosts;
        this.history = history;
    }

    @Override
    public HostReading sampleNow(HostId id) {
        var host = hosts.find(id).orElseThrow();
        return host.reachability() instanceof Reachability.Unreachable unreachable
                ? new HostReading.Unreachable(unreachable.problem())
                : new HostReading.Read(
                        history.snapshot(host.builders().getFirst().id()).orElseThrow());
    }
}
