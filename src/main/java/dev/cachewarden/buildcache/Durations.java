package dev.cachewarden.buildcache;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Parses and formats durations: {@code 14d}, {@code 48h}, {@code 90m}, {@code 1d12h}, or ISO {@code PT48H}. */
public final class Durations {

    private static final Pattern WRITTEN =
            Pattern.compile("(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

    private static final long[] SECONDS = {7 * 86_400L, 86_400L, 3_600L, 60L, 1L};

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
     * Formats a duration like {@link #format}, or in ISO 8601 if it has a fraction of a second. Parsing the text returns the same duration.
     */
    public static String exact(Duration duration) {
        return duration.getNano() == 0 ? format(duration) : duration.toString();
    }

    /** Formats a duration in days, hours, minutes, and seconds, in the shortest exact form: {@code 14d}, {@code 1d12h}, {@code 0s}. */
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
