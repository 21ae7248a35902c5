package dev.cachewarden.testing;

import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.Trouble;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds at each address the engine it was told of, and else that nobody listens. */
public final class FakeProber implements HostProber {

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

    @Override
    public ProbeResult probe(HostConnection connection) {
        probes.incrementAndGet();
        String address = connection.address().text();
        String engineId = engines.get(address);
        return engineId == null
                ? new ProbeResult.Failed(new Trouble(Trouble.Cause.REFUSED, "Nobody listens at " + address))
                : new ProbeResult.Reached(HostFixtures.engine(engineId));
    }
}
