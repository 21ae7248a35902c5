package dev.cachewarden.progress.log;

import java.nio.charset.StandardCharsets;

/**
 * The prefix that GitLab adds to lines. It cannot be learned from one line alone. It contains marks at the start and the end of sections,
 * and times with a stream mark, which shows that a line was split and continues.
 */
final class LinePrefix {

    private static final byte[] SECTION_START = ascii("section_start:");
    private static final byte[] SECTION_END = ascii("section_end:");
    private static final byte[] SECTION_ENDS = ascii("\r\u001b[0K");

    /** {@code 2026-01-01T00:00:00} with d for digits. */
    private static final byte[] ISO = ascii("dddd-dd-ddTdd:dd:dd");

    private static final int MOST_DECIMALS = 9;

    /** The maximum number of sections that end and start on one line. */
    private static final int MOST_SECTIONS = 8;

    private byte[] line = {};
    private int to;
    private boolean cut;
    private boolean continued;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the start of the line itself. */
    int after(byte[] bytes, int from, int end) {
        line = bytes;
        to = end;
        cut = false;
        continued = false;
        if (from == end || line[from] == '#' || line[from] == '{') {
            return from;
        }
        return afterSections(afterTime(afterSections(from)));
    }

    /** Returns true if the last line has a time and a stream, so that the next one may continue it. */
    boolean mayGoOn() {
        return cut;
    }

    /** Returns true if the last line continues the one before it. */
    boolean isContinued() {
        return continued;
    }

    private int afterSections(int from) {
        int at = from;
        for (int i = 0; i < MOST_SECTIONS && (begins(at, SECTION_START) || begins(at, SECTION_END)); i++) {
            int end = at;
            while (end < to && !begins(end, SECTION_ENDS)) {
                end++;
            }
            if (end == to) {
                return at;
            }
            at = end + SECTION_ENDS.length;
        }
        return at;
    }

    /**
     * Returns the position after {@code 2026-01-01T00:00:00.123456Z 00O } or {@code … 01E+}: the number of the stream, its kind, and a plus
     * if it continues a line.
     */
    private int afterTime(int from) {
        int end = afterIso(from);
        if (end < 0 || end >= to || line[end] != ' ') {
            return from;
        }
        int mark = end + 1;
        boolean stream = to - mark >= 3
                && isHex(line[mark])
                && isHex(line[mark + 1])
                && (line[mark + 2] == 'O' || line[mark + 2] == 'E')
                && (to - mark == 3 || line[mark + 3] == ' ' || line[mark + 3] == '+');
        cut = stream;
        continued = stream && to - mark > 3 && line[mark + 3] == '+';
        return stream ? Math.min(to, mark + 4) : from;
    }

    private int afterIso(int from) {
        if (to - from < ISO.length) {
            return -1;
        }
        for (int i = 0; i < ISO.length; i++) {
            boolean same = ISO[i] == 'd' ? isDigit(line[from + i]) : line[from + i] == ISO[i];
            if (!same) {
                return -1;
            }
        }
        int at = afterDecimals(from + ISO.length);
        return at < to && line[at] == 'Z' ? at + 1 : -1;
    }

    private int afterDecimals(int from) {
        if (from >= to || line[from] != '.') {
            return from;
        }
        int at = from + 1;
        while (at < to && at - from <= MOST_DECIMALS && isDigit(line[at])) {
            at++;
        }
        return at;
    }

    private boolean begins(int from, byte[] beginning) {
        return Formats.begins(line, from, to, beginning);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isHex(byte b) {
        return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }
}
