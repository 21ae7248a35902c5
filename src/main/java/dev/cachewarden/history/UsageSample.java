package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;

/**
 * The size of a builder's cache: one reading, or the mean of several.
 *
 * @param takenAt time of the reading, or start of the span of a mean
 * @param span zero for a reading, or the time range of a mean
 * @param usage sums by type and state
 * @param highest the largest total within the span
 */
public record UsageSample(BuilderId builder, Instant takenAt, Duration span, CacheUsage usage, ByteSize highest) {}
