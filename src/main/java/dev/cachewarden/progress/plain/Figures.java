package dev.cachewarden.progress.plain;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sizes and times as BuildKit prints them for people. */
final class Figures {

    /** Decimal, as github.com/tonistiigi/units prints bytes with {@code %.2f}. */
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

    private Figures() {}

    /** Returns -1 if it is no size. */
    static long bytes(String text) {
        int end = text.length();
        while (end > 0 && !isDigit(text.charAt(end - 1))) {
            end--;
        }
        int power = UNITS.indexOf(text.substring(end));
        if (power < 0) {
            return -1;
        }
        double bytes = decimal(text.substring(0, end));
        for (int i = 0; i < power; i++) {
            bytes *= 1000;
        }
        return bytes < 0 ? -1 : Math.round(bytes);
    }

    /** {@code 1.2s}; null if it is none. */
    static @Nullable Duration seconds(String text) {
        if (!text.endsWith("s")) {
            return null;
        }
        double seconds = decimal(text.substring(0, text.length() - 1));
        // Nobody waited for longer than this; it keeps the arithmetic exact.
        return seconds < 0 || seconds > 1e9 ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** Digits with at most one dot among them; -1 if it is anything else. */
    private static double decimal(String text) {
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '.') {
                dots++;
            } else if (!isDigit(text.charAt(i))) {
                return -1;
            }
        }
        boolean number = dots < 2 && text.length() < 40 && !text.isEmpty() && isDigit(text.charAt(0));
        return number && isDigit(text.charAt(text.length() - 1)) ? Double.parseDouble(text) : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
