package dev.cachewarden.buildcache;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats points in time for users. */
public final class Timestamps {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private Timestamps() {}

    /** Returns the date and time to the minute, with the time zone: {@code 2026-11-20 12:04 UTC}. */
    public static String text(Instant instant) {
        return MINUTE.format(instant.atOffset(ZoneOffset.UTC));
    }
}
