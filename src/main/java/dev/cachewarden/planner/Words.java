package dev.cachewarden.planner;

import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.util.Locale;

/** The format of values in the texts of reasons. */
final class Words {

    private Words() {}

    /** Returns an age with a precision that depends on its length: {@code 16d}, {@code 1d12h}, {@code 5m}, {@code 12s}. */
    static String age(Duration age) {
        long unit = age.toDays() >= 7 ? 86_400 : age.toHours() >= 1 ? 3_600 : age.toMinutes() >= 1 ? 60 : 1;
        return Durations.format(Duration.ofSeconds(age.toSeconds() / unit * unit));
    }

    /** Returns a duration: {@code 0.4 s}, {@code 38 s}, {@code 2m}. */
    static String time(Duration time) {
        long millis = time.toMillis();
        return millis < 9_950
                ? String.format(Locale.ROOT, "%.1f s", millis / 1_000.0)
                : time.toSeconds() < 60 ? time.toSeconds() + " s" : age(time);
    }
}
