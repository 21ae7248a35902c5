package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;

/**
 * How much cache a builder had: one reading, or the mean of several.
 *
 * @param takenAt when it was read; for a roll-up the start of its span
 * @param span zero for a reading, else the time a roll-up stands for
 * @param usage sums by type and state
 * @param highest the largest total within the span
 */
public record UsageSample(BuilderId builder, Instant takenAt, Duration span, CacheUsage usage, ByteSize highest) {}
