package dev.cachewarden.progress.plain;

import dev.cachewarden.progress.ProgressWarning;
import org.jspecify.annotations.Nullable;

/** Parses {@code <rule>: <what> (line 4)}; BuildKit's Dockerfile checks add the line at the end. */
final class Warning {

    private static final String LINE = " (line ";

    private Warning() {}

    static ProgressWarning parse(@Nullable String vertex, String text) {
        int at = text.lastIndexOf(LINE);
        Integer line = null;
        if (at >= 0 && text.endsWith(")")) {
            String number = text.substring(at + LINE.length(), text.length() - 1);
            boolean digits =
                    !number.isEmpty() && number.length() < 8 && number.chars().allMatch(c -> c >= '0' && c <= '9');
            line = digits ? Integer.valueOf(number) : null;
        }
        return new ProgressWarning(vertex, text, null, line);
    }
}
