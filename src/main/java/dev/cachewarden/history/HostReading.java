package dev.cachewarden.history;

import dev.cachewarden.host.Trouble;

/** The answer to asking a host for its cache. An unreachable host is a reading too. */
public sealed interface HostReading {

    /** The cache was read and stored. */
    record Read(CacheSnapshot snapshot) implements HostReading {}

    /** It was not, so what the host has is unknown; the last snapshot stands, and is stale. */
    record Unreachable(Trouble trouble) implements HostReading {}
}
