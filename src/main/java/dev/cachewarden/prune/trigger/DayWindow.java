package dev.cachewarden.prune.trigger;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * The part of each day in which a policy may begin by itself: {@code 22:00-06:00}, over midnight where it ends before it begins.
 *
 * @param from the first minute
 * @param until the first minute that is not in it any more
 */
public record DayWindow(LocalTime from, LocalTime until) {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    public DayWindow {
        if (from.equals(until)) {
            throw new IllegalArgumentException("begins and ends at the same time; leave it empty for the whole day");
        }
    }

    /** @throws IllegalArgumentException with a message for the person who wrote it */
    public static DayWindow parse(String text) {
        String[] ends = text.strip().split("\\s*[-–]\\s*");
        try {
            if (ends.length == 2) {
                return new DayWindow(LocalTime.parse(ends[0], FORM), LocalTime.parse(ends[1], FORM));
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(notAWindow(text), e);
        }
        throw new IllegalArgumentException(notAWindow(text));
    }

    private static String notAWindow(String text) {
        return "'" + text.strip() + "' is not a window of the day; write two times such as 22:00-06:00";
    }

    public boolean contains(Instant time, ZoneId zone) {
        var now = time.atZone(zone).toLocalTime();
        return from.isBefore(until)
                ? !now.isBefore(from) && now.isBefore(until)
                : !now.isBefore(from) || now.isBefore(until);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return from + "-" + until;
    }
}
