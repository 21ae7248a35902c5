package dev.cachewarden.progress;

/** Text with terminal escape sequences, in any encoding that contains ASCII. */
public final class TerminalText {

    private static final byte ESCAPE = 0x1b;
    private static final byte BELL = 0x07;

    /**
     * The characters that begin a string after an escape: application command, operating system command, privacy message, and device
     * control.
     */
    private static final String STRINGS = "_]^P";

    private static final int LONGEST_STRING = 1_024;

    private TerminalText() {}

    /** Returns true if there is an escape sequence, such as one that sets a color. */
    public static boolean hasEscapes(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == ESCAPE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Copies a text without escape sequences.
     *
     * @param target array for the copy, from its beginning; may be {@code text} itself
     * @return number of bytes of the copy
     */
    public static int withoutEscapes(byte[] text, int from, int to, byte[] target) {
        int size = 0;
        int at = from;
        while (at < to) {
            if (text[at] == ESCAPE) {
                at = afterSequence(text, at + 1, to);
            } else {
                target[size++] = text[at++];
            }
        }
        return size;
    }

    /**
     * Returns the end of a sequence of ECMA-48: {@code ESC [}, parameters and intermediates, and one final byte. A string, such as the time
     * that Buildkite adds to lines, ends with {@code ESC \\} or a bell. Any other sequence has two bytes.
     */
    private static int afterSequence(byte[] text, int from, int to) {
        if (from < to && STRINGS.indexOf(text[from]) >= 0) {
            return afterString(text, from + 1, to);
        }
        if (from >= to || text[from] != '[') {
            return Math.min(to, from + 1);
        }
        int end = from + 1;
        while (end < to && text[end] >= ' ' && text[end] < '@') {
            end++;
        }
        return Math.min(to, end + 1);
    }

    private static int afterString(byte[] text, int from, int to) {
        for (int end = from; end < Math.min(to, from + LONGEST_STRING); end++) {
            if (text[end] == BELL) {
                return end + 1;
            }
            if (text[end] == ESCAPE) {
                return end + 1 < to && text[end + 1] == '\\' ? end + 2 : from;
            }
        }
        return from;
    }
}
