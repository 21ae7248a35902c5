package dev.cachewarden.policy.store;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times at which a schedule would have started within a time range.
 *
 * @param at in order
 * @param thinned whether there are more times than these
 */
public record StartTimes(List<Instant> at, boolean thinned) {

    public StartTimes {
        at = List.copyOf(at);
    }

    /**
     * Returns the first time of a cron expression after another time, or null if there is none.
     *
     * @throws IllegalArgumentException if the cron expression is invalid
     */
    public static @Nullable Instant next(String cron, ZoneId zone, Instant after) {
        return CronSchedule.parse(cron, zone).next(after);
    }

    /**
     * Returns the times of a cron expression.
     *
     * @param from exclusive
     * @param until inclusive
     * @param most the maximum number of times; if there are more, times are omitted evenly
     * @throws IllegalArgumentException if the cron expression is invalid
     */
    public static StartTimes of(String cron, ZoneId zone, Instant from, Instant until, int most) {
        var schedule = CronSchedule.parse(cron, zone);
        var apart = Duration.between(from, until).dividedBy(most);
        var times = new ArrayList<Instant>();
        boolean thinned = false;
        for (var next = schedule.next(from); next != null && !next.isAfter(until); ) {
            times.add(next);
            var after = schedule.next(next);
            var notBefore = next.plus(apart);
            boolean tooSoon = after != null && after.isBefore(notBefore);
            thinned |= tooSoon;
            next = tooSoon ? schedule.next(notBefore.minusMillis(1)) : after;
        }
        return new StartTimes(times, thinned);
    }
}
