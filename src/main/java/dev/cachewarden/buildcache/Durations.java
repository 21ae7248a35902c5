package dev.cachewarden.buildcache;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Parses and formats durations: {@code 14d}, {@code 48h}, {@code 90m}, {@code 1d12h}, or ISO {@code PT48H}. */
public final class Durations {

    private static final Pattern WRITTEN =
            Pattern.compile("(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

    private static final long[] SECONDS = {7 * 86_400L, 86_400L, 3_600L, 60L, 1L};

    private static final List<String> UNITS = List.of("d", "h", "min", "s");

    private static final Duration TENTH = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private Durations() {}

    /**
     * Parses a duration of zero or more.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Duration parse(String text) {
        String trimmed = text.strip();
        var duration = trimmed.toUpperCase(Locale.ROOT).startsWith("P") ? iso(trimmed) : shortForm(trimmed);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("'" + trimmed + "' is negative; a duration must be zero or more");
        }
        return duration;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw notADuration(text);
        }
    }

    private static Duration shortForm(String text) {
        var matcher = WRITTEN.matcher(text.toLowerCase(Locale.ROOT));
        if (text.isEmpty() || !matcher.matches()) {
            throw notADuration(text);
        }
        long seconds = 0;
        for (int group = 0; group < SECONDS.length; group++) {
            if (matcher.group(group + 1) != null) {
                seconds += Long.parseLong(matcher.group(group + 1)) * SECONDS[group];
            }
        }
        return Duration.ofSeconds(seconds);
    }

    private static IllegalArgumentException notADuration(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H");
    }

    /**
     * Returns a duration as text for users: {@code 14 d}, {@code 1 d 12 h}, {@code 2 min 3 s}, {@code 0.4 s}, {@code 38 ms}. From a minute on,
     * it is exact to the second.
     */
    public static String text(Duration duration) {
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        if (duration.compareTo(MINUTE) < 0) {
            return seconds(duration);
        }
        long rest = duration.toSeconds();
        var parts = new ArrayList<String>();
        for (int unit = 0; unit < UNITS.size(); unit++) {
            long count = rest / SECONDS[unit + 1];
            rest %= SECONDS[unit + 1];
            if (count > 0) {
                parts.add(count + " " + UNITS.get(unit));
            }
        }
        return String.join(" ", parts);
    }

    private static String seconds(Duration duration) {
        if (!duration.isZero() && duration.compareTo(TENTH) < 0) {
            return Math.max(1, duration.toMillis()) + " ms";
        }
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /**
     * Returns a measured duration as text, like {@link #text}, with at most two units: to the tenth below a minute, to the second below an
     * hour, to the minute below a day, to the hour below a week, and to the day above.
     */
    public static String rounded(Duration duration) {
        if (duration.isNegative()) {
            return "-" + rounded(duration.negated());
        }
        return duration.compareTo(TENTH) < 0 ? text(duration) : text(round(duration));
    }

    private static Duration round(Duration duration) {
        var step = step(duration);
        return step.multipliedBy(duration.plus(step.dividedBy(2)).dividedBy(step));
    }

    private static Duration step(Duration duration) {
        if (duration.compareTo(MINUTE) < 0) {
            return TENTH;
        }
        if (duration.compareTo(HOUR) < 0) {
            return SECOND;
        }
        if (duration.compareTo(DAY) < 0) {
            return MINUTE;
        }
        return duration.compareTo(WEEK) < 0 ? HOUR : DAY;
    }

    /**
     * Formats a duration like {@link #format}, or in ISO 8601 if it has a fraction of a second. Parsing the text returns the same duration.
     */
    public static String exact(Duration duration) {
        return duration.getNano() == 0 ? format(duration) : duration.toString();
    }

    /** Formats a duration for fields and files, in the shortest exact form: {@code 14d}, {@code 1d12h}, {@code 0s}. */
    public static String format(Duration duration) {
        long rest = duration.toSeconds();
        if (rest == 0) {
            return "0s";
        }
        var text = new StringBuilder();
        String units = "dhms";
        for (int unit = 0; unit < units.length(); unit++) {
            long count = rest / SECONDS[unit + 1];
            rest %= SECONDS[unit + 1];
            if (count > 0) {
                text.append(count).append(units.charAt(unit));
            }
        }
        return text.toString();
    }
}
