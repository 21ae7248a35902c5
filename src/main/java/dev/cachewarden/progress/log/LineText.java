package dev.cachewarden.progress.log;

import dev.cachewarden.progress.TerminalText;
import java.util.Arrays;

/** The original text of a line, without colors, changes by a web page, and JSON escapes. */
final class LineText {

    private static final byte ESCAPE = 0x1b;
    private static final byte[] BUILDKITE = {ESCAPE, '_', 'b', 'k'};

    /** The number of bytes at the beginning that are checked. After them, only the output of steps contains colors. */
    private static final int LOOKED_AT = 256;

    /** The maximum size of an array that is kept for other lines. Longer lines are rare. */
    private static final int LONGEST_KEPT = 64 << 10;

    private byte[] cleaned = {};

    byte[] bytes() {
        return cleaned;
    }

    /** Returns true if there are escape sequences, invisible characters, or characters that look like blanks. */
    static boolean needsCleaning(byte[] line, int from, int to) {
        int end = from < to && line[from] == '{' ? from : Math.min(to, from + LOOKED_AT);
        for (int i = from; i < end; i++) {
            byte b = line[i];
            if (b == ESCAPE || b == (byte) 0xC2 || b == (byte) 0xE2 || b == (byte) 0xEF) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the time that Buildkite adds before lines, in an escape sequence that a terminal does not show. Returns {@code otherwise} if
     * there is none.
     */
    static byte[] buildkite(byte[] line, int from, int to, byte[] otherwise) {
        return Formats.begins(line, from, to, BUILDKITE)
                ? Arrays.copyOfRange(line, from, Math.min(to, from + 40))
                : otherwise;
    }

    /** Copies a line without escape sequences and zero-width characters, and with blanks instead of non-breaking spaces. */
    int clean(byte[] line, int from, int to) {
        reserve(to - from);
        int size = TerminalText.withoutEscapes(line, from, to, cleaned);
        boolean blanks = beginsWithBlank(size);
        boolean onlyArrows = true;
        int target = 0;
        int at = 0;
        while (at < size) {
            int unseen = unseen(at, size);
            if (unseen > 0) {
                at += unseen;
            } else if (onlyArrows && isArrow(at, size)) {
                cleaned[target++] = '=';
                cleaned[target++] = '>';
                at += 3;
            } else if (blanks && isBlank(at, size)) {
                cleaned[target++] = ' ';
                at += 2;
            } else {
                onlyArrows &= cleaned[at] == ' ';
                cleaned[target++] = cleaned[at++];
            }
        }
        return target;
    }

    /** Returns true for the single character into which word processors convert the arrow before a step. */
    private boolean isArrow(int at, int size) {
        return at + 2 < size
                && cleaned[at] == (byte) 0xE2
                && cleaned[at + 1] == (byte) 0x87
                && cleaned[at + 2] == (byte) 0x92;
    }

    /**
     * Returns true if a non-breaking space is before any text except a number. A web page then converted all blanks; otherwise, steps print
     * such spaces.
     */
    private boolean beginsWithBlank(int size) {
        int at = 0;
        while (at < size && (cleaned[at] == '#' || cleaned[at] == ' ' || (cleaned[at] >= '0' && cleaned[at] <= '9'))) {
            at++;
        }
        return isBlank(at, size);
    }

    private boolean isBlank(int at, int size) {
        return at + 1 < size && cleaned[at] == (byte) 0xC2 && cleaned[at + 1] == (byte) 0xA0;
    }

    /** Returns the number of bytes of a zero-width character: U+200B to U+200F, U+2060, U+FEFF. */
    private int unseen(int at, int size) {
        if (at + 2 >= size) {
            return 0;
        }
        int first = cleaned[at] & 0xFF;
        int second = cleaned[at + 1] & 0xFF;
        int third = cleaned[at + 2] & 0xFF;
        boolean space = first == 0xE2 && second == 0x80 && third >= 0x8B && third <= 0x8F;
        boolean joiner = first == 0xE2 && second == 0x81 && third == 0xA0;
        boolean mark = first == 0xEF && second == 0xBB && third == 0xBF;
        return space || joiner || mark ? 3 : 0;
    }

    /** Copies a line without the prefixes in its middle. */
    int without(Decoration glued, byte[] line, int from, int to) {
        reserve(to - from);
        int size = 0;
        int at = from;
        while (at < to) {
            boolean begins = at > from && (isDigit(line[at]) || line[at] == '[') && !isDigit(line[at - 1]);
            int after = begins ? glued.after(line, at, to) : -1;
            if (after > at) {
                at = after;
            } else {
                cleaned[size++] = line[at++];
            }
        }
        return size;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /**
     * Returns the start of the JSON string that contains a line. Returns the start of the line if there is no string, or the line is its
     * first one.
     */
    static int beginOfString(byte[] line, int from, int at) {
        if (at - from < 3 || line[at - 1] != 'n' || line[at - 2] != '\\') {
            return at;
        }
        for (int quote = at - 3; quote >= from; quote--) {
            if (line[quote] == '"' && (quote == from || line[quote - 1] != '\\')) {
                return quote + 1;
            }
        }
        return at;
    }

    /** Decodes a JSON string, from the position after its opening quote to the closing one. */
    int unquote(byte[] line, int from, int to) {
        // The input may be the previous result in the same array.
        byte[] source = Arrays.copyOfRange(line, from, to);
        int at = 0;
        int end = to - from;
        reserve(end);
        int size = 0;
        while (at < end && source[at] != '"') {
            if (source[at] != '\\' || at + 1 >= end) {
                cleaned[size++] = source[at++];
            } else if (source[at + 1] == 'u' && at + 5 < end) {
                size = character(source, at + 2, size);
                at += 6;
            } else {
                cleaned[size++] = escaped(source[at + 1]);
                at += 2;
            }
        }
        int plain = TerminalText.withoutEscapes(cleaned, 0, size, cleaned);
        return plain;
    }

    private static byte escaped(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    /** Converts four hexadecimal digits to at most three bytes. A question mark replaces each half of a surrogate pair. */
    private int character(byte[] source, int from, int size) {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            code = code * 16 + Math.max(0, Character.digit(source[i], 16));
        }
        int at = size;
        if (code < 0x80) {
            cleaned[at++] = (byte) code;
        } else if (code < 0x800) {
            cleaned[at++] = (byte) (0xC0 | (code >> 6));
            cleaned[at++] = (byte) (0x80 | (code & 0x3F));
        } else if (Character.isSurrogate((char) code)) {
            cleaned[at++] = '?';
        } else {
            cleaned[at++] = (byte) (0xE0 | (code >> 12));
            cleaned[at++] = (byte) (0x80 | ((code >> 6) & 0x3F));
            cleaned[at++] = (byte) (0x80 | (code & 0x3F));
        }
        return at;
    }

    private void reserve(int size) {
        if (cleaned.length < size || (cleaned.length > LONGEST_KEPT && size <= LONGEST_KEPT)) {
            cleaned = new byte[Math.max(size, 1024)];
        }
    }
}
