package dev.cachewarden.history.poll;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Probes hosts whose last probe is too old or whose last reading failed. */
@Component
class HostProbes {

    private final HostProber prober;
    private final HistorySettings settings;
    private final InstantSource clock;
    private final Map<HostId, Instant> last = new ConcurrentHashMap<>();

    HostProbes(HostProber prober, HistorySettings settings, InstantSource clock) {
        this.prober = prober;
        this.settings = settings;
        this.clock = clock;
    }

    boolean isDue(WatchedHost host) {
        var probedAt = last.get(host.id());
        return probedAt == null
                || !(host.reachability() instanceof Reachability.Reachable)
                || !clock.instant().isBefore(probedAt.plus(settings.probeEvery()));
    }

    /** Probes a host. An engine other than the registered one counts as a failure. */
    ProbeResult probe(WatchedHost host) {
        var result = prober.probe(host.connection());
        if (!(result instanceof ProbeResult.Reached reached)) {
            return result;
        }
        String registered = host.engineId();
        String found = reached.capabilities().engineId();
        if (registered != null && !registered.equals(found)) {
            return new ProbeResult.Failed(new HostProblem(
                    HostProblem.Cause.DIFFERENT_ENGINE,
                    "Engine " + found + " responds at "
                            + host.connection().address().text() + " instead of " + registered
                            + ". If the engine was reinstalled, remove the host and add it again"));
        }
        last.put(host.id(), clock.instant());
        return result;
    }
}
