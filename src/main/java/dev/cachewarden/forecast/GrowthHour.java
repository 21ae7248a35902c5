package dev.cachewarden.forecast;

import java.time.Instant;

/**
 * The growth of a cache in one hour, without its drops.
 *
 * @param hour start of the hour, in UTC
 * @param grownBytes zero or more
 * @param readings number of readings in the hour
 * @param spread whether a part comes from a gap between readings and is therefore spread evenly over the gap
 */
public record GrowthHour(Instant hour, long grownBytes, int readings, boolean spread) {

    /** Returns the sum of two parts of the same hour. */
    GrowthHour plus(GrowthHour other) {
        return new GrowthHour(hour, grownBytes + other.grownBytes, readings + other.readings, spread || other.spread);
    }
}
