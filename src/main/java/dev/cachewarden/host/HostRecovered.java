package dev.cachewarden.host;

import java.time.Instant;

/**
 * An event: a host that was unreachable is reachable again.
 *
 * @param unreachableSince the start of the outage
 */
public record HostRecovered(HostId host, Instant unreachableSince, Instant at) {}
