package dev.cachewarden.alert;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value with a unit that a rule compares measured values with, such as {@code 15%}, {@code 20GiB}, {@code 72h}, or {@code 1 run}.
 *
 * @param amount zero or more: percent, bytes, seconds, or runs
 */
public record Threshold(Unit unit, double amount) {

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?)\\s*%");
    private static final Pattern RUNS = Pattern.compile("(\\d{1,4})\\s*runs?");
    private static final Pattern BARE = Pattern.compile("\\d+(?:\\.\\d+)?");

    /** The units of thresholds. */
    public enum Unit {
        PERCENT("15%"),
        BYTES("20GiB"),
        DURATION("72h"),
        RUNS("1 run");

        private final String example;

        Unit(String example) {
            this.example = example;
        }
    }

    /**
     * Parses a threshold.
     *
     * @param units the units that the rule supports; at least one
     * @throws IllegalArgumentException with a message for the author of the text
     */
    public static Threshold parse(String text, Collection<Unit> units) {
        String trimmed = text.strip();
        if (BARE.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("'" + trimmed + "' has no unit; use a value such as " + examples(units));
        }
        for (var unit : units) {
            var found = read(trimmed, unit);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalArgumentException(
                "'" + trimmed + "' is not a threshold of this rule; use a value such as " + examples(units));
    }

    private static @Nullable Threshold read(String text, Unit unit) {
        try {
            return switch (unit) {
                case PERCENT -> {
                    var percent = PERCENT.matcher(text);
                    yield percent.matches() ? new Threshold(unit, Double.parseDouble(percent.group(1))) : null;
                }
                case RUNS -> {
                    var runs = RUNS.matcher(text);
                    yield runs.matches() ? new Threshold(unit, Double.parseDouble(runs.group(1))) : null;
                }
                case BYTES -> new Threshold(unit, ByteSize.parse(text).bytes());
                case DURATION -> new Threshold(unit, Durations.parse(text).toSeconds());
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String examples(Collection<Unit> units) {
        return units.stream().sorted().map(unit -> unit.example).collect(Collectors.joining(" or "));
    }

    /** Returns a form for sentences: {@code 15%}, {@code 20.0 GiB}, {@code 3 d}. */
    public String text() {
        return text(unit, amount);
    }

    /** Returns an amount of a unit as text for sentences. */
    static String text(Unit unit, double amount) {
        return switch (unit) {
            case PERCENT -> number(amount) + "%";
            case BYTES -> new ByteSize(Math.max(0, Math.round(amount))).toString();
            case DURATION -> Durations.rounded(Duration.ofSeconds(Math.round(amount)));
            case RUNS -> number(amount) + (amount == 1 ? " run" : " runs");
        };
    }

    private static String number(double amount) {
        return amount == Math.rint(amount)
                ? Long.toString(Math.round(amount))
                : String.format(Locale.ROOT, "%.1f", amount);
    }

    /** Returns the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return switch (unit) {
            case PERCENT ->
                amount == Math.rint(amount)
                        ? Math.round(amount) + "%"
                        : String.format(Locale.ROOT, "%.2f", amount) + "%";
            case BYTES -> bytes(Math.round(amount));
            case DURATION -> Durations.format(Duration.ofSeconds(Math.round(amount)));
            case RUNS -> text();
        };
    }

    private static String bytes(long bytes) {
        for (int unit = 4; unit > 0; unit--) {
            long size = 1L << (10 * unit);
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + new String[] {"", "KiB", "MiB", "GiB", "TiB"}[unit];
            }
        }
        return bytes + "B";
    }
}
