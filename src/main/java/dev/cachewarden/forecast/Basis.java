package dev.cachewarden.forecast;

import dev.cachewarden.buildcache.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * The basis of a forecast.
 *
 * @param days number of whole days, or zero for a rough forecast from the first hours
 * @param hours number of hours with a known growth
 * @param daysWithGaps number of days with a part that is spread over a gap between readings
 * @param perDay mean growth of the cache on a working day, or on any day if the kinds share a pool
 * @param perWeekendDay mean growth of the cache on a day of a weekend, or null if the kinds share a pool
 * @param perDayOfRest mean change of the rest of the disk per day in bytes, negative if it shrinks; null if too few days are known, so that
 *     the forecast takes it as constant
 */
public record Basis(
        int days,
        int hours,
        int daysWithGaps,
        ByteSize perDay,
        @Nullable ByteSize perWeekendDay,
        @Nullable Long perDayOfRest) {

    /** Returns whether less than three whole days are known. */
    public boolean rough() {
        return days == 0;
    }
}
