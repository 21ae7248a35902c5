package dev.cachewarden.progress.plain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Values as Go's fmt prints them. */
final class GoText {

    private GoText() {}

    /** {@code 2018-11-08 15:34:09.123456789 +0000 UTC}, perhaps with a monotonic clock behind; null if it is none. */
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

    /** A text in double quotes, by {@code %q}; as it is where there are none. */
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
