package dev.cachewarden.history;

import dev.cachewarden.host.HostId;
import java.time.Instant;
import java.util.Optional;

/** Which hosts wait for Cachewarden itself, so that it is not their doing if their last reading is old. Known to the replica that polls. */
@FunctionalInterface
public interface ReadingDelays {

    /** Since when a host waits to be read; empty: it does not. */
    Optional<Instant> since(HostId host);
}
