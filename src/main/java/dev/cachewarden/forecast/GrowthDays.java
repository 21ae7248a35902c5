package dev.cachewarden.forecast;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole days that a forecast draws from. */
final class GrowthDays {

    /** A forecast uses only the last days. */
    static final int POOL_DAYS = 28;

    private static final int HOURS = 24;

    /** A day counts as measured if at most this part of it is missing. */
    private static final double MISSING = 0.05;

    private GrowthDays() {}

    /** The growth of a day. */
    static final class Day {

        private final LocalDate date;
        private final double[] hours;
        private final double total;
        private final boolean gap;

        private Day(LocalDate date, double[] hours, double total, boolean gap) {
            this.date = date;
            this.hours = hours;
            this.total = total;
            this.gap = gap;
        }

        LocalDate date() {
            return date;
        }

        /** Returns the bytes of an hour of the local day, from 0 to 23. */
        double grown(int hour) {
            return hours[hour];
        }

        /** Returns the bytes of the whole day. */
        double total() {
            return total;
        }

        /** Returns whether a part of the day is spread over a gap. */
        boolean gap() {
            return gap;
        }
    }

    static boolean weekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /** Returns the days with a growth for each of their hours, oldest first. Today is not over, so it is no such day. */
    static List<Day> whole(List<GrowthHour> growth, ZoneId zone, Instant now) {
        var today = LocalDate.ofInstant(now, zone);
        var byDate = new TreeMap<LocalDate, List<GrowthHour>>();
        for (var hour : growth) {
            var date = LocalDate.ofInstant(hour.hour(), zone);
            if (date.isBefore(today) && !date.isBefore(today.minusDays(POOL_DAYS))) {
                byDate.computeIfAbsent(date, day -> new ArrayList<>()).add(hour);
            }
        }
        var days = new ArrayList<Day>();
        byDate.forEach((date, hours) -> {
            // Where clocks change, a day has 23 or 25 hours.
            if (hours.size() >= length(date, zone).toHours()) {
                days.add(day(date, hours, zone));
            }
        });
        return days;
    }

    private static Day day(LocalDate date, List<GrowthHour> growth, ZoneId zone) {
        double[] hours = new double[HOURS];
        double total = 0;
        boolean gap = false;
        for (var hour : growth) {
            hours[hour.hour().atZone(zone).getHour()] += hour.grownBytes();
            total += hour.grownBytes();
            gap |= hour.spread();
        }
        return new Day(date, hours, total, gap);
    }

    /**
     * Returns by how much the rest of the disk grew or shrank on each measured day. A change of the size of the disk is no growth.
     *
     * @param levels oldest first
     */
    static List<Day> ofRest(List<DiskLevel> levels, ZoneId zone, Instant now) {
        var today = LocalDate.ofInstant(now, zone);
        var changes = new TreeMap<LocalDate, double[]>();
        for (int next = 1; next < levels.size(); next++) {
            var from = levels.get(next - 1);
            var until = levels.get(next);
            if (from.space().total().equals(until.space().total()) && from.at().isBefore(until.at())) {
                addRest(from, until, zone, changes);
            }
        }
        var days = new ArrayList<Day>();
        changes.forEach((date, change) -> {
            boolean measured = change[1] >= length(date, zone).toSeconds() * (1 - MISSING);
            if (measured && date.isBefore(today) && !date.isBefore(today.minusDays(POOL_DAYS))) {
                days.add(new Day(date, new double[0], change[0], false));
            }
        });
        return days;
    }

    private static void addRest(DiskLevel from, DiskLevel until, ZoneId zone, Map<LocalDate, double[]> changes) {
        double seconds = Math.max(1, Duration.between(from.at(), until.at()).toSeconds());
        double change = until.restBytes() - from.restBytes();
        for (var start = from.at(); start.isBefore(until.at()); ) {
            var date = LocalDate.ofInstant(start, zone);
            var midnight = date.plusDays(1).atStartOfDay(zone).toInstant();
            var end = midnight.isBefore(until.at()) ? midnight : until.at();
            double part = start.until(end, ChronoUnit.SECONDS);
            double[] sums = changes.computeIfAbsent(date, day -> new double[2]);
            sums[0] += change * part / seconds;
            sums[1] += part;
            start = end;
        }
    }

    private static Duration length(LocalDate date, ZoneId zone) {
        return Duration.between(date.atStartOfDay(zone), date.plusDays(1).atStartOfDay(zone));
    }
}
