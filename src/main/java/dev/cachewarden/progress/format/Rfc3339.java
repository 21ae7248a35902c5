package dev.cachewarden.progress.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Parses times in Go's JSON format. UTC has a separate parser, because a log has two times for each vertex, and the JDK's parser would take
 * longer than all other work.
 */
final class Rfc3339 {

    private static final int DATE_AND_TIME = "2026-01-01T00:00:00".length();

    private Rfc3339() {}

    /** Returns the time, or null for invalid text and for Go's zero time, which means none. */
    static @Nullable Instant parse(String text) {
        try {
            var instant = isUtc(text) ? utc(text) : OffsetDateTime.parse(text).toInstant();
            return instant.getEpochSecond() < 0 ? null : instant;
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static boolean isUtc(String text) {
        return text.length() > DATE_AND_TIME
                && text.length() <= DATE_AND_TIME + 11
                && text.endsWith("Z")
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static Instant utc(String text) {
        long day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                .toEpochDay();
        int hour = within(digits(text, 11, 13), 23);
        int minute = within(digits(text, 14, 16), 59);
        int second = within(digits(text, 17, 19), 59);
        return Instant.ofEpochSecond(day * 86_400 + hour * 3_600L + minute * 60L + second, nanos(text));
    }

    private static int nanos(String text) {
        int end = text.length() - 1;
        if (end == DATE_AND_TIME) {
            return 0;
        }
        if (text.charAt(DATE_AND_TIME) != '.' || end == DATE_AND_TIME + 1) {
            throw new DateTimeException("No fraction of a second");
        }
        int nanos = digits(text, DATE_AND_TIME + 1, end);
        for (int i = end - DATE_AND_TIME - 1; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("No digit");
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int within(int value, int most) {
        if (value > most) {
            throw new DateTimeException("Out of range");
        }
        return value;
    }
}
