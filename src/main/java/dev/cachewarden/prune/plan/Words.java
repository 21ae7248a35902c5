package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.util.Locale;

/** How reasons put values. */
final class Words {

    private Words() {}

    /** An age to the precision a reader cares for: {@code 16d}, {@code 1d12h}, {@code 5m}, {@code 12s}. */
    static String age(Duration age) {
        long unit = age.toDays() >= 7 ? 86_400 : age.toHours() >= 1 ? 3_600 : age.toMinutes() >= 1 ? 60 : 1;
        return Durations.format(Duration.ofSeconds(age.toSeconds() / unit * unit));
    }

    /** How long something takes: {@code 0.4 s}, {@code 38 s}, {@code 2m}. */
    static String time(Duration time) {
        long millis = time.toMillis();
        return millis < 9_950
                ? String.format(Locale.ROOT, "%.1f s", millis / 1_000.0)
                : time.toSeconds() < 60 ? time.toSeconds() + " s" : age(time);
    }
}
