package dev.cachewarden.testing;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds at each address the engine it was told of, and else that nobody listens; and the disk it was told of. */
public final class FakeProber implements HostProber, DiskProber {

    private final Map<String, String> engines = new ConcurrentHashMap<>();
    private final AtomicInteger probes = new AtomicInteger();

    public void engineAt(String address, String engineId) {
        engines.put(address, engineId);
    }

    public void nothingAt(String address) {
        engines.remove(address);
    }

    public void forgetAll() {
        engines.clear();
        probes.set(0);
    }

    /** How many times it was asked. */
    public int probes() {
        return probes.get();
    }

    /** Done once, while the next address is tried out. */
    public volatile Runnable whileProbing = () -> {};

    /** What every disk is measured as. */
    public volatile DiskReading disk = new DiskReading.Known(
            HostFixtures.PROBED_AT, new DiskSpace(ByteSize.parse("500GB"), ByteSize.parse("123456789012")));

    /** Sources that were asked, in order. */
    public final List<DiskSource> measured = new CopyOnWriteArrayList<>();

    @Override
    public DiskReading measure(DiskSource source, DataRoot root) {
        measured.add(source);
        return disk;
    }

    @Override
    public ProbeResult probe(HostConnection connection) {
        probes.incrementAndGet();
        var meanwhile = whileProbing;
        whileProbing = () -> {};
        meanwhile.run();
        String address = connection.address().text();
        String engineId = engines.get(address);
        return engineId == null
                ? new ProbeResult.Failed(new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens at " + address))
                : new ProbeResult.Reached(HostFixtures.engine(engineId));
    }
}
