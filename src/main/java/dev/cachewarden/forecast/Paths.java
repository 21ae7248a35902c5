package dev.cachewarden.forecast;

import dev.cachewarden.forecast.GrowthDays.Day;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Possible futures of a disk, each composed of days of its past. */
final class Paths {

    private static final int COUNT = 400;
    static final int HOURS = 90 * 24;
    private static final double DAY = 24;

    private final DayPools pools;
    private final double disk;
    private final double cache;
    private final double rest;

    /** The part of the first hour that is still to come. */
    private final double first;

    private final boolean[] newDay = new boolean[HOURS];
    private final boolean[] weekend = new boolean[HOURS];
    private final int[] hourOfDay = new int[HOURS];

    /**
     * @param disk size of the disk in bytes
     * @param cache size of the cache now
     * @param rest other used bytes now
     */
    Paths(DayPools pools, double disk, double cache, double rest, Instant now, ZoneId zone) {
        this.pools = pools;
        this.disk = disk;
        this.cache = cache;
        this.rest = rest;
        var hour = now.truncatedTo(ChronoUnit.HOURS);
        this.first = 1 - hour.until(now, ChronoUnit.SECONDS) / 3600.0;
        LocalDate before = null;
        for (int at = 0; at < HOURS; at++) {
            var local = hour.plus(at, ChronoUnit.HOURS).atZone(zone);
            var date = local.toLocalDate();
            newDay[at] = !date.equals(before);
            weekend[at] = GrowthDays.weekend(date);
            hourOfDay[at] = local.getHour();
            before = date;
        }
    }

    /** Returns the hours until the disk is full on each path, in order. A path that never fills it in 90 days has infinity. */
    double[] hoursUntilFull(Brake brake, RandomGenerator random) {
        double[] hours = new double[COUNT];
        for (int path = 0; path < COUNT; path++) {
            hours[path] = hoursUntilFullOnce(brake, random);
        }
        Arrays.sort(hours);
        return hours;
    }

    private double hoursUntilFullOnce(Brake brake, RandomGenerator random) {
        var workingDays = pools.workingDays().draw(random);
        var weekends = pools.weekends().draw(random);
        var restDays = pools.rest() == null ? new Day[0] : pools.rest().draw(random);
        double nowCache = cache;
        double nowRest = rest;
        double restPerHour = 0;
        var day = workingDays[0];
        for (int hour = 0; hour < HOURS; hour++) {
            if (newDay[hour]) {
                day = any(weekend[hour] ? weekends : workingDays, random);
                restPerHour = restDays.length == 0 ? 0 : any(restDays, random).total() / DAY;
            }
            double part = hour == 0 ? first : 1;
            double before = nowCache + nowRest;
            nowRest += restPerHour * part;
            nowCache = brake.hold(nowCache + day.grown(hourOfDay[hour]) * part, nowRest, random);
            double after = nowCache + nowRest;
            if (after >= disk) {
                double within = after > before ? Math.clamp((disk - before) / (after - before), 0, 1) : 0;
                return (hour == 0 ? 0 : first + hour - 1) + within * part;
            }
            nowCache = brake.prune(nowCache, hour, random);
        }
        return Double.POSITIVE_INFINITY;
    }

    private static Day any(Day[] days, RandomGenerator random) {
        return days[random.nextInt(days.length)];
    }
}
