package dev.cachewarden.history;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import java.time.Instant;

/**
 * A builder's cache was read and stored.
 *
 * @param changed whether anything differs from the reading before
 */
public record UsageSampled(HostId host, BuilderId builder, Instant takenAt, boolean changed) {}
