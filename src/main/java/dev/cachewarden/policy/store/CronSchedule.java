package dev.cachewarden.policy.store;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * The schedule of a policy: five fields (minute, hour, day of the month, month, day of the week) in a time zone.
 *
 * <p>When clocks are put forward, a time that does not exist that day is skipped, unless the hour is a wildcard. When clocks are put back,
 * a time of day that occurs twice counts only the first time. A wildcard hour counts both times.
 */
final class CronSchedule {

    private static final List<String> FIELDS =
            List.of("minute", "hour", "day of the month", "month", "day of the week");

    /**
     * The first time of the check whether a cron expression has a next time. One without a next time has none in any year, so any time works.
     */
    private static final Instant SOME_TIME = Instant.parse("2024-01-01T00:00:00Z");

    private final CronExpression expression;
    private final boolean everyHour;
    private final ZoneId zone;

    private CronSchedule(CronExpression expression, boolean everyHour, ZoneId zone) {
        this.expression = expression;
        this.everyHour = everyHour;
        this.zone = zone;
    }

    /**
     * Parses a cron expression.
     *
     * @throws IllegalArgumentException with a message for the author of the expression
     */
    static CronSchedule parse(String cron, ZoneId zone) {
        String trimmed = cron.strip();
        String[] fields = trimmed.split("\\s+");
        if (fields.length != FIELDS.size()) {
            throw new IllegalArgumentException("'" + trimmed + "' has " + fields.length
                    + (fields.length == 1 ? " field" : " fields") + "; five are expected: "
                    + String.join(", ", FIELDS) + (fields.length == 6 ? " (without seconds)" : ""));
        }
        var schedule = new CronSchedule(expression(trimmed), fields[1].startsWith("*"), zone);
        if (schedule.next(SOME_TIME) == null) {
            throw new IllegalArgumentException("'" + trimmed + "' never starts a run, because no such date exists");
        }
        return schedule;
    }

    private static CronExpression expression(String cron) {
        try {
            return CronExpression.parse("0 " + cron);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + cron
                            + "' is not a cron expression; use five fields, such as '30 3 * * *' for 03:30 every day",
                    e);
        }
    }

    /** Returns the first time after the given one, or null if there is none. */
    @Nullable
    Instant next(Instant after) {
        var next = expression.next(after.atZone(zone));
        while (next != null && !everyHour && isRepeated(next)) {
            next = expression.next(next);
        }
        return next == null ? null : next.toInstant();
    }

    /** Returns whether the clock showed this time before on the same day. */
    private static boolean isRepeated(ZonedDateTime time) {
        return !Objects.equals(time, time.withEarlierOffsetAtOverlap());
    }

    /** Returns the next times, in order. */
    List<Instant> next(Instant after, int count) {
        return Stream.iterate(next(after), Objects::nonNull, time -> next(Objects.requireNonNull(time)))
                .map(Objects::requireNonNull)
                .limit(count)
                .toList();
    }
}
