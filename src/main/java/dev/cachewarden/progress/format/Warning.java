package dev.cachewarden.progress.format;

import dev.cachewarden.progress.BuildProgress;
import org.jspecify.annotations.Nullable;

/** Parses {@code <rule>: <what> (line 4)}; BuildKit's Dockerfile checks add the line at the end. */
final class Warning {

    private static final String LINE = " (line ";

    private Warning() {}

    static BuildProgress.Warning parse(@Nullable String vertex, String text) {
        int at = text.lastIndexOf(LINE);
        Integer line = null;
        if (at >= 0 && text.endsWith(")")) {
            String number = text.substring(at + LINE.length(), text.length() - 1);
            boolean digits =
                    !number.isEmpty() && number.length() < 8 && number.chars().allMatch(c -> c >= '0' && c <= '9');
            line = digits ? Integer.valueOf(number) : null;
        }
        return new BuildProgress.Warning(vertex, text, null, line);
    }
}
