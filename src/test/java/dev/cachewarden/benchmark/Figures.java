package dev.cachewarden.benchmark;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/** How figures are put together and printed. */
final class Figures {

    private Figures() {}

    static double medianMillis(Collection<Duration> times) {
        var sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2).toNanos() / 1e6;
    }

    static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    static void print(String format, Object... values) {
        System.out.println("[benchmark] " + String.format(Locale.ROOT, format, values));
    }
}
