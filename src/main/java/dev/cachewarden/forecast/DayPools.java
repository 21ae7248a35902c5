package dev.cachewarden.forecast;

import dev.cachewarden.forecast.GrowthDays.Day;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pools of a disk. With less than two weeks of days, working days and weekends share one pool.
 *
 * @param byKind whether working days and weekends have a pool each
 * @param rest the changes of the rest of the disk, or null if there are too few measured days
 */
record DayPools(
        DayPool workingDays,
        DayPool weekends,
        boolean byKind,
        @Nullable DayPool rest) {

    private static final int DAYS_FOR_KINDS = 14;
    private static final int LEAST_OF_KIND = 2;
    private static final int LEAST_OF_REST = 3;

    /** @param days at least one day of growth */
    static DayPools of(List<Day> days, List<Day> rest, LocalDate today) {
        var weekends =
                days.stream().filter(day -> GrowthDays.weekend(day.date())).toList();
        var workingDays =
                days.stream().filter(day -> !GrowthDays.weekend(day.date())).toList();
        boolean byKind = days.size() >= DAYS_FOR_KINDS
                && weekends.size() >= LEAST_OF_KIND
                && workingDays.size() >= LEAST_OF_KIND;
        var all = new DayPool(days, today);
        return new DayPools(
                byKind ? new DayPool(workingDays, today) : all,
                byKind ? new DayPool(weekends, today) : all,
                byKind,
                rest.size() >= LEAST_OF_REST ? new DayPool(rest, today) : null);
    }

    /** Returns the mean growth of the whole disk in a week, in bytes. It is negative if the disk empties. */
    double week() {
        return 5 * workingDays.mean() + 2 * weekends.mean() + (rest == null ? 0 : 7 * rest.mean());
    }
}
