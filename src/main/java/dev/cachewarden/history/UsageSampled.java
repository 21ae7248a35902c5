package dev.cachewarden.history;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import java.time.Instant;

/**
 * An event: a builder's cache was read and stored.
 *
 * @param changed whether the reading differs from the previous one
 */
public record UsageSampled(HostId host, BuilderId builder, Instant takenAt, boolean changed) {}
