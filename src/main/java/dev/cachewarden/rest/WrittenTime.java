package dev.cachewarden.rest;

import java.time.DateTimeException;
import java.time.Instant;

/** Parses times of the years 1 to 9999. Java has a wider range, but RFC 3339 cannot express it, and PostgreSQL cannot store all of it. */
public final class WrittenTime {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private WrittenTime() {}

    /**
     * Parses a time such as {@code 2026-01-31T12:00:00Z}.
     *
     * @throws DateTimeException if the text is not such a time, or the year is out of range
     */
    public static Instant parse(String text) {
        return checked(Instant.parse(text));
    }

    /**
     * Returns the time unchanged if its year is 1 to 9999.
     *
     * @throws DateTimeException if its year is out of range
     */
    public static Instant checked(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException(time + " is not in the years 1 to 9999");
        }
        return time;
    }
}
