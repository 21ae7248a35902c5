package dev.cachewarden.progress.format;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses sizes and times in the format that BuildKit prints for users. */
final class Figures {

    /** The decimal units that github.com/tonistiigi/units prints for bytes with {@code %.2f}. */
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

    private Figures() {}

    /** Returns the number of bytes, or -1 if the text is not a size. */
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

    /** Returns the duration in {@code 1.2s}, or null for other text. */
    static @Nullable Duration seconds(String text) {
        if (!text.endsWith("s")) {
            return null;
        }
        double seconds = decimal(text.substring(0, text.length() - 1));
        // No build takes longer than this; the limit keeps the arithmetic exact.
        return seconds < 0 || seconds > 1e9 ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** Returns the value of digits with at most one dot among them, or -1 for other text. */
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
