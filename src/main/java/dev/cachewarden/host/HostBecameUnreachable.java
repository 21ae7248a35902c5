package dev.cachewarden.host;

import java.time.Instant;

/** An event: a host that was reachable, or whose state was unknown, is unreachable. */
public record HostBecameUnreachable(HostId host, HostProblem problem, Instant since) {}
