package dev.cachewarden.policy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * The maintenance window: the part of each day when a policy may start automatically, such as {@code 22:00-06:00}. It spans midnight if it
 * ends before it begins.
 *
 * @param from the first minute
 * @param until the first minute after the window
 */
public record DayWindow(LocalTime from, LocalTime until) {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    public DayWindow {
        if (from.equals(until)) {
            throw new IllegalArgumentException(
                    "starts and ends at the same time; leave it empty to allow the whole day");
        }
    }

    /**
     * Parses a window.
     *
     * @throws IllegalArgumentException with a message for the author of the text
     */
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
        return "'" + text.strip() + "' is not a maintenance window; use two times such as 22:00-06:00";
    }

    public boolean contains(Instant time, ZoneId zone) {
        var now = time.atZone(zone).toLocalTime();
        return from.isBefore(until)
                ? !now.isBefore(from) && now.isBefore(until)
                : !now.isBefore(from) || now.isBefore(until);
    }

    /** Returns the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return from + "-" + until;
    }
}
