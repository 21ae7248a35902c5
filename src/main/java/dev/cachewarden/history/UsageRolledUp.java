package dev.cachewarden.history;

import java.time.Instant;

/** An event: the samples of all caches are rolled up. Only the replica that polls publishes it, every five minutes. */
public record UsageRolledUp(Instant at) {}
