package dev.cachewarden.dashboard;

import dev.cachewarden.history.ReadingDelays;
import dev.cachewarden.host.HostId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts that are said to wait. */
final class FakeDelays implements ReadingDelays {

    final Map<HostId, Instant> waiting = new ConcurrentHashMap<>();

    @Override
    public Optional<Instant> since(HostId host) {
        return Optional.ofNullable(waiting.get(host));
    }
}
