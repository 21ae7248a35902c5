package dev.cachewarden.rest;

import java.time.DateTimeException;
import java.time.Instant;

/** Times as people and scripts write them: of the years 1 to 9999. Java knows more, RFC 3339 cannot write them, and PostgreSQL keeps not all. */
public final class WrittenTime {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private WrittenTime() {}

    /**
     * Reads one such as {@code 2026-01-31T12:00:00Z}.
     *
     * @throws DateTimeException if it is none
     */
    public static Instant parse(String text) {
        return checked(Instant.parse(text));
    }

    /**
     * Passes on a time of these years.
     *
     * @throws DateTimeException if it is of another
     */
    public static Instant checked(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException(time + " is not of the years 1 to 9999");
        }
        return time;
    }
}
