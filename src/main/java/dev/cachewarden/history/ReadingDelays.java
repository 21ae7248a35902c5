package dev.cachewarden.history;

import dev.cachewarden.host.HostId;
import java.time.Instant;
import java.util.Optional;

/** The hosts whose readings are delayed by Cachewarden and not by the host. Only the replica that polls has this information. */
@FunctionalInterface
public interface ReadingDelays {

    /** Returns since when a host waits to be read, or empty if it does not wait. */
    Optional<Instant> since(HostId host);
}
