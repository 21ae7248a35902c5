package dev.cachewarden.history.poll;

import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * The schedule of readings. A host that was never read is due immediately. Any other host is due one interval after its last start. The
 * interval varies by ±10%, so that hosts registered together are not always read together. A host that is being read is not due.
 */
final class PollSchedule {

    private static final double JITTER = 0.1;

    private final DoubleSupplier random;
    private final Map<HostId, Turn> turns = new HashMap<>();
    private final Set<HostId> underWay = new HashSet<>();

    /** @param random returns values from 0 inclusive to 1 exclusive */
    PollSchedule(DoubleSupplier random) {
        this.random = random;
    }

    /** @param stretch factor of the interval for this turn */
    private record Turn(Instant startedAt, double stretch) {

        Instant next(Duration interval) {
            return startedAt.plusMillis(Math.round(interval.toMillis() * stretch));
        }
    }

    /** Returns the due hosts and marks them as started. The caller must report the end of each reading. */
    synchronized List<WatchedHost> start(List<WatchedHost> hosts, Instant now) {
        turns.keySet().retainAll(hosts.stream().map(WatchedHost::id).collect(Collectors.toSet()));
        var due = hosts.stream().filter(host -> isDue(host, now)).toList();
        for (var host : due) {
            underWay.add(host.id());
            turns.put(host.id(), new Turn(now, 1 - JITTER + 2 * JITTER * random.getAsDouble()));
        }
        return due;
    }

    private boolean isDue(WatchedHost host, Instant now) {
        if (!host.enabled() || underWay.contains(host.id())) {
            return false;
        }
        var last = turns.get(host.id());
        return last == null || !now.isBefore(last.next(host.pollInterval()));
    }

    synchronized void ended(HostId host) {
        underWay.remove(host);
    }

    /** Makes a host due immediately, for example after a user changed it. */
    synchronized void bringForward(HostId host) {
        turns.remove(host);
    }
}
