package dev.cachewarden.progress.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Parses values that Go's fmt printed. */
final class GoText {

    private GoText() {}

    /**
     * Returns the time in {@code 2018-11-08 15:34:09.123456789 +0000 UTC}, with or without a monotonic clock after it, or null for other
     * text.
     */
    static @Nullable Instant time(String text) {
        String[] words = text.split(" ");
        if (words.length < 3) {
            return null;
        }
        try {
            return LocalDate.parse(words[0]).atTime(LocalTime.parse(words[1])).toInstant(ZoneOffset.of(words[2]));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns a text in the double quotes of {@code %q} without them, or the text unchanged if it has none. */
    static String unquoted(String text) {
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        int end = text.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == end) {
                plain.append(c);
            } else {
                i++;
                plain.append(
                        switch (text.charAt(i)) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> text.charAt(i);
                        });
            }
        }
        return plain.toString();
    }
}
