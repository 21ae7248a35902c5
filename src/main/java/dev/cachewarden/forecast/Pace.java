package dev.cachewarden.forecast;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;

/**
 * A growth that is much faster than usual, which a forecast from many days does not see yet.
 *
 * @param grown growth in the last 24 hours
 * @param times this growth relative to the usual one of such a day, at least 2
 * @param untilFull time until the disk is full at this pace
 */
public record Pace(ByteSize grown, double times, Duration untilFull) {}
