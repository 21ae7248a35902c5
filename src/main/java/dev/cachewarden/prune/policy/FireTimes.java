package dev.cachewarden.prune.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** When something would have fired between two times. */
public final class FireTimes {

    private FireTimes() {}

    /**
     * The times of a cron.
     *
     * @param from exclusive
     * @param until inclusive
     * @param most of more than these, times are left out evenly
     * @throws IllegalArgumentException if it is no cron
     */
    public static List<Instant> of(String cron, ZoneId zone, Instant from, Instant until, int most) {
        var schedule = CronSchedule.parse(cron, zone);
        var apart = Duration.between(from, until).dividedBy(most);
        var times = new ArrayList<Instant>();
        for (var next = schedule.next(from); next != null && !next.isAfter(until); ) {
            times.add(next);
            var after = schedule.next(next);
            var notBefore = next.plus(apart);
            next = after != null && after.isBefore(notBefore) ? schedule.next(notBefore.minusMillis(1)) : after;
        }
        return times;
    }

    /**
     * Times as far apart as given.
     *
     * @param from exclusive
     * @param until inclusive
     */
    public static List<Instant> every(Duration pause, Instant from, Instant until) {
        var times = new ArrayList<Instant>();
        for (var next = from.plus(pause); !next.isAfter(until); next = next.plus(pause)) {
            times.add(next);
        }
        return times;
    }
}
