package dev.cachewarden.progress.format;

import dev.cachewarden.progress.TerminalText;
import java.nio.charset.StandardCharsets;

/** Reads bytes of a line without creating strings, because most lines are output of steps that is only passed on. */
final class Scan {

    private static final int MOST_DIGITS = 9;

    private Scan() {}

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static int afterDigits(byte[] line, int from, int to) {
        int at = from;
        while (at < to && isDigit(line[at])) {
            at++;
        }
        return at;
    }

    /** Returns the number, or -1 if there is none or it has more than nine digits. */
    static int number(byte[] line, int from, int to) {
        if (from >= to || to - from > MOST_DIGITS) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + line[i] - '0';
        }
        return value;
    }

    /**
     * Returns the start of a step's output: after the seconds since its start, with one to three decimals, and a space.
     *
     * @return -1 if the line does not begin with such a time
     */
    static int afterTimestamp(byte[] line, int from, int to) {
        int first = from < to && line[from] == '-' ? from + 1 : from;
        int dot = afterDigits(line, first, to);
        if (dot == first || dot >= to || line[dot] != '.') {
            return -1;
        }
        int end = afterDigits(line, dot + 1, to);
        int decimals = end - dot - 1;
        if (decimals < 1 || decimals > 3) {
            return -1;
        }
        // An editor may have removed the space at the end of an empty line.
        return end == to ? end : line[end] == ' ' ? end + 1 : -1;
    }

    static boolean is(byte[] line, int from, int to, String text) {
        return to - from == text.length() && startsWith(line, from, to, text);
    }

    static boolean startsWith(byte[] line, int from, int to, String text) {
        if (to - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (line[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static String text(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    /** Returns the text without terminal escape sequences. */
    static String plain(byte[] line, int from, int to) {
        if (!TerminalText.hasEscapes(line, from, to)) {
            return text(line, from, to);
        }
        var plain = new byte[to - from];
        return text(plain, 0, TerminalText.withoutEscapes(line, from, to, plain));
    }
}
