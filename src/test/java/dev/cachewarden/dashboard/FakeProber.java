package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.DataRoot;
import dev.cachewarden.host.DiskProber;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.ProbeResult;

/**
 * Answers as an engine would at any address with {@code good} in it, and not at all elsewhere. Disks are known but those of a
 * node_exporter, which refuses.
 */
public final class FakeProber implements HostProber, DiskProber {

    @Override
    public DiskReading measure(DiskSource source, DataRoot root) {
        return source instanceof DiskSource.NodeExporter node
                ? new DiskReading.Unknown(
                        Fleets.NOW, node.text() + " refused the connection. Check that node_exporter is running")
                : new DiskReading.Known(Fleets.NOW, new DiskSpace(ByteSize.parse("500GiB"), ByteSize.parse("231GiB")));
    }

    @Override
    public ProbeResult probe(HostConnection connection) {
        var address = connection.address().text();
        return address.contains("good")
                ? new ProbeResult.Reached(Fleets.capabilities("NEWENGINE", "28.5.2"))
                : new ProbeResult.Failed(new HostProblem(
                        HostProblem.Cause.REFUSED,
                        "Nobody listens at " + address + ". Is Docker running there, and is the address right?"));
    }
}
