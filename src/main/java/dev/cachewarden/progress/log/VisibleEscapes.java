package dev.cachewarden.progress.log;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Leaves out what is left of escape sequences where a copy has lost their first character or shows it: {@code [36m}, {@code ^[[0m}, or the
 * time of Buildkite, {@code _bk;t=}.
 */
final class VisibleEscapes {

    /** What shows for the character; a sequence may also begin without any. */
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

    /** Whether such sequences were found before what only BuildKit prints, so that they are left out from all lines. */
    boolean isFound() {
        return found;
    }

    /** Looks at a line that begins with such a sequence. */
    void find(byte[] line, int from, int to) {
        if (from < to && line[from] != '#' && after(line, from, to) > from) {
            read(line, from, to);
            found = Anchor.in(text, 0, size) == 0;
        }
    }

    byte[] bytes() {
        return text;
    }

    /** Copies a line without them. Returns how long the copy is. */
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

    /** The time of Buildkite that stands before a line, or nothing: where it ends. */
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
