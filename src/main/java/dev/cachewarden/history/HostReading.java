package dev.cachewarden.history;

import dev.cachewarden.host.HostProblem;

/** The result of a request for the cache of a host. An unreachable host is a result, too. */
public sealed interface HostReading {

    /** The cache was read and stored. */
    record Read(CacheSnapshot snapshot) implements HostReading {}

    /** The cache was not read, so its current content is unknown. The last snapshot remains and is stale. */
    record Unreachable(HostProblem problem) implements HostReading {}
}
