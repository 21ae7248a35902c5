package dev.cachewarden.progress.log;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Removes the remains of escape sequences whose first character a copy has lost or made visible: {@code [36m}, {@code ^[[0m}, or
 * Buildkite's time, {@code _bk;t=}.
 */
final class VisibleEscapes {

    /** The visible forms of the escape character; a sequence may also lack it. */
    private static final List<byte[]> SHOWN = List.of(
            utf8("^["),
            utf8("\\x1b"),
            utf8("\\x1B"),
            utf8("\\u001b"),
            utf8("\\u001B"),
            utf8("\\033"),
            utf8("\\e"),
            utf8("\u241b"),
            utf8("\ufffd"));

    private static final byte[] BUILDKITE = utf8("_bk;t=");

    private static final int LONGEST = 24;

    private byte[] text = {};
    private int size;
    private boolean found;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns true if such sequences were found before text that only BuildKit prints. They are then removed from all lines. */
    boolean isFound() {
        return found;
    }

    /** Checks a line that begins with such a sequence. */
    void find(byte[] line, int from, int to) {
        if (from < to && line[from] != '#' && after(line, from, to) > from) {
            read(line, from, to);
            found = Anchor.in(text, 0, size) == 0;
        }
    }

    byte[] bytes() {
        return text;
    }

    /** Copies a line without them. Returns the length of the copy. */
    int read(byte[] line, int from, int to) {
        if (text.length < to - from) {
            text = new byte[to - from];
        }
        size = 0;
        int at = from;
        while (at < to) {
            int behind = after(line, at, to);
            if (behind > at) {
                at = behind;
            } else {
                text[size++] = line[at++];
            }
        }
        return size;
    }

    /** Returns the end of Buildkite's time at the start of a line, or the start of the line if there is none. */
    static int afterTime(byte[] line, int from, int to) {
        int end = from + BUILDKITE.length;
        while (end < to && end - from < LONGEST && line[end] >= '0' && line[end] <= '9') {
            end++;
        }
        return Formats.begins(line, from, to, BUILDKITE) && end - from > BUILDKITE.length + 9 ? end : from;
    }

    private static int after(byte[] line, int from, int to) {
        if (line[from] == '_') {
            return afterTime(line, from, to);
        }
        int bracket = from;
        for (byte[] shown : SHOWN) {
            if (line[from] == shown[0] && Formats.begins(line, from, to, shown)) {
                bracket = from + shown.length;
            }
        }
        if (bracket >= to || line[bracket] != '[') {
            return from;
        }
        int end = bracket + 1;
        while (end < to && end - bracket < LONGEST && isParameter(line[end])) {
            end++;
        }
        boolean colour = end < to && line[end] == 'm' && end > bracket + 1;
        boolean other = bracket > from && end < to && Character.isLetter((char) (line[end] & 0x7F));
        return colour || other ? end + 1 : from;
    }

    private static boolean isParameter(byte b) {
        return (b >= '0' && b <= '9') || b == ';' || b == '?';
    }
}
