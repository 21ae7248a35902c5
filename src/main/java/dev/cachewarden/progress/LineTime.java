package dev.cachewarden.progress;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time at the beginning of a log line.
 *
 * @param kind precision of the time
 * @param time time by the clock of the log, or by UTC for {@link Kind#INSTANT}
 */
public record LineTime(Kind kind, LocalDateTime time) {

    /** The known parts of a time. */
    public enum Kind {
        /** The time has a date and a zone. */
        INSTANT,
        /** The time has a date, but no zone. */
        DATE,
        /** The time has no date. */
        CLOCK
    }

    /** The maximum duration of a log with times of day across midnight. Beyond it, a clock that was set back is more likely. */
    private static final Duration LONGEST_OVER_MIDNIGHT = Duration.ofHours(12);

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String CLOCK_OF_DAY =
            "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})(?:[.,](?<part>\\d{1,9}))?";
    private static final String ZONE = "(?: ?(?<zone>Z|UTC|GMT|[+-]\\d{2}:?\\d{2})(?![A-Za-z0-9]))?";

    private static final Pattern YEAR_FIRST = Pattern.compile(
            "(?<!\\d)(?<year>\\d{4})[-/.](?<month>\\d{2}|[A-Z][a-z]{2})[-/.](?<day>\\d{2})(?:T| {1,2}|_)" + CLOCK_OF_DAY
                    + ZONE);

    private static final Pattern DAY_FIRST = Pattern.compile(
            "(?<!\\d)(?<day>\\d{2})[-/ ](?<month>[A-Z][a-z]{2})[-/ ](?<year>\\d{4})[: ]" + CLOCK_OF_DAY + ZONE);

    private static final Pattern CLOCK_ONLY = Pattern.compile("(?<!\\d)" + CLOCK_OF_DAY + "(?!\\d)");

    /** Milliseconds, as in Buildkite; or seconds with a fraction, as in JSON logs. */
    private static final Pattern EPOCH =
            Pattern.compile("(?:_bk;t=(?<millis>\\d{13})\\D?)|(?:(?<!\\d)(?<seconds>1\\d{9})\\.(?<of>\\d{1,9}))");

    private static final Pattern ALONE = Pattern.compile(
            "\\[?(?:\\d{4}[-/.](?:\\d{2}|[A-Z][a-z]{2})[-/.]\\d{2}(?:T| {1,2}|_))?" + CLOCK_OF_DAY + ZONE + "\\]?:?");

    /** The maximum length of a line that contains only a time. */
    private static final int LONGEST_ALONE = 48;

    /** Reads the first time in a text; a more precise kind takes precedence. Returns null if there is none. */
    public static @Nullable LineTime in(byte[] text, int from, int to) {
        return in(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
    }

    private static @Nullable LineTime in(String text) {
        for (var pattern : List.of(YEAR_FIRST, DAY_FIRST)) {
            Matcher dated = pattern.matcher(text);
            if (dated.find()) {
                return dated(dated);
            }
        }
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.find()) {
            return new LineTime(Kind.INSTANT, LocalDateTime.ofInstant(instant(epoch), ZoneOffset.UTC));
        }
        Matcher clock = CLOCK_ONLY.matcher(text);
        return clock.find() ? checked(Kind.CLOCK, clock, 1970, 1, 1) : null;
    }

    /** Returns true if a line contains only a time. */
    public static boolean isAlone(byte[] text, int from, int to) {
        int first = from < to ? text[from] : 0;
        boolean may = to - from >= "00:00:00".length()
                && to - from <= LONGEST_ALONE
                && (first == '[' || (first >= '0' && first <= '9'));
        return may
                && ALONE.matcher(new String(text, from, to - from, StandardCharsets.ISO_8859_1).strip())
                        .matches();
    }

    private static Instant instant(Matcher epoch) {
        String millis = epoch.group("millis");
        return millis != null
                ? Instant.ofEpochMilli(Long.parseLong(millis))
                : Instant.ofEpochSecond(Long.parseLong(epoch.group("seconds")), nanos(epoch.group("of")));
    }

    private static @Nullable LineTime dated(Matcher found) {
        String month = found.group("month").toLowerCase(Locale.ROOT);
        int number = Character.isDigit(month.charAt(0)) ? Integer.parseInt(month) : MONTHS.indexOf(month) + 1;
        int day = Integer.parseInt(found.group("day"));
        int year = Integer.parseInt(found.group("year"));
        var local = checked(Kind.DATE, found, year, number, day);
        String zone = found.group("zone");
        if (local == null || zone == null) {
            return local;
        }
        boolean utc = Character.isLetter(zone.charAt(0));
        try {
            var offset = utc ? ZoneOffset.UTC : ZoneOffset.of(zone);
            return new LineTime(Kind.INSTANT, local.time.minusSeconds(offset.getTotalSeconds()));
        } catch (DateTimeException e) {
            // An offset of more than 18 hours from UTC is not a zone.
            return local;
        }
    }

    private static @Nullable LineTime checked(Kind kind, Matcher found, int year, int month, int day) {
        int hour = Integer.parseInt(found.group("hour"));
        int minute = Integer.parseInt(found.group("minute"));
        int second = Integer.parseInt(found.group("second"));
        try {
            return new LineTime(
                    kind, LocalDateTime.of(year, month, day, hour, minute, second, nanos(found.group("part"))));
        } catch (DateTimeException e) {
            // Digits between colons that are not a time.
            return null;
        }
    }

    private static int nanos(@Nullable String decimals) {
        return decimals == null ? 0 : Integer.parseInt((decimals + "000000000").substring(0, 9));
    }

    /** Returns the instant, or null if the zone is unknown. */
    public @Nullable Instant instant() {
        return kind == Kind.INSTANT ? time.toInstant(ZoneOffset.UTC) : null;
    }

    /** Returns the duration from this time to a later one, or null if they cannot be compared or the clock was set back. */
    public @Nullable Duration until(LineTime later) {
        if (kind != later.kind) {
            return null;
        }
        var between = Duration.between(time, later.time);
        if (!between.isNegative()) {
            return between;
        }
        var overMidnight = between.plusDays(1);
        return kind == Kind.CLOCK && overMidnight.compareTo(LONGEST_OVER_MIDNIGHT) <= 0 ? overMidnight : null;
    }
}
