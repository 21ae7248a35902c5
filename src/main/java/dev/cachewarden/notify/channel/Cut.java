package dev.cachewarden.notify.channel;

import java.nio.charset.StandardCharsets;

/**
 * Shortens texts to the limits of services. A shortened text ends with an ellipsis, and never with half of a surrogate pair. Services count
 * code points or UTF-16 units. A text within a limit of UTF-16 units also is within the same limit of code points.
 */
final class Cut {

    private static final String ELLIPSIS = "…";

    private Cut() {}

    /** Shortens a text to a number of UTF-16 units. */
    static String units(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, whole(text, Math.max(0, most - 1))) + ELLIPSIS;
    }

    /** Shortens a text to a number of bytes in UTF-8, at least 3. */
    static String bytes(String text, int most) {
        if (size(text) <= most) {
            return text;
        }
        int left = most - size(ELLIPSIS);
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            left -= size(point);
            if (left < 0) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    /** Returns the number of bytes in UTF-8. */
    static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int size(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }

    private static int whole(String text, int end) {
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
