package dev.cachewarden.forecast;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The texts of forecasts, for pages, the REST API, and messages. */
public final class ForecastText {

    private static final Duration IN_HOURS = Duration.ofDays(2);

    private ForecastText() {}

    /** Returns an outlook as a sentence: {@code Usually full in 3 to 6 days.} */
    public static String of(Outlook outlook) {
        return switch (outlook) {
            case Outlook.Range range -> "Usually full " + range(range.p5(), range.p95()) + ".";
            case Outlook.NotWithin far -> "Not full within " + about(far.time()) + ".";
            case Outlook.None none -> none.text();
        };
    }

    private static String range(Duration from, @Nullable Duration until) {
        if (until == null) {
            return "in " + about(from) + " or more";
        }
        if (until.compareTo(Duration.ofHours(1)) < 0) {
            return "within an hour";
        }
        if (until.compareTo(IN_HOURS) < 0) {
            return range(Math.round(from.toMinutes() / 60.0), Math.round(until.toMinutes() / 60.0), "hour");
        }
        return from.compareTo(Duration.ofDays(1)) < 0
                ? "in " + about(from) + " to " + about(until)
                : range(days(from), days(until), "day");
    }

    private static String range(long from, long until, String unit) {
        if (from == 0) {
            return "within " + count(until, unit);
        }
        return "in " + (from == until ? "about " + count(until, unit) : from + " to " + count(until, unit));
    }

    /** Returns a duration in hours, or in days from two days on: {@code 19 hours}. */
    public static String about(Duration time) {
        if (time.toMinutes() < 60) {
            return count(Math.max(0, time.toMinutes()), "minute");
        }
        return time.compareTo(IN_HOURS) < 0
                ? count(Math.round(time.toMinutes() / 60.0), "hour")
                : count(days(time), "day");
    }

    private static long days(Duration time) {
        return Math.round(time.toHours() / 24.0);
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    /** Returns the basis as a sentence. */
    public static String of(Basis basis) {
        if (basis.rough()) {
            return "Rough, from " + count(basis.hours(), "hour") + ": the cache grows by about " + basis.perDay()
                    + " per day.";
        }
        var weekend = basis.perWeekendDay();
        var text = new StringBuilder("From ").append(count(basis.days(), "day"));
        if (basis.daysWithGaps() > 0) {
            text.append(" (").append(basis.daysWithGaps()).append(" with gaps)");
        }
        text.append(": the cache grows by ").append(basis.perDay());
        text.append(weekend == null ? " per day." : " per working day and " + weekend + " per weekend day.");
        if (basis.perDayOfRest() == null) {
            text.append(" Other use of the disk is taken as constant.");
        }
        return text.toString();
    }

    /** Returns a fast growth as a sentence. */
    public static String of(Pace pace) {
        return String.format(
                Locale.ROOT,
                "The last 24 hours grew %.0f times faster than usual (%s). At that pace, the disk is full in %s.",
                pace.times(),
                pace.grown(),
                about(pace.untilFull()));
    }
}
