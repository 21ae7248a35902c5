package dev.cachewarden.progress;

/** What a terminal would show of a text, as far as colours go. */
final class TerminalText {

    private static final char ESCAPE = '\u001b';

    private TerminalText() {}

    /** Without escape sequences, and with lines that end in {@code \n} alone. */
    static String plain(String text) {
        if (text.indexOf(ESCAPE) < 0 && text.indexOf('\r') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == ESCAPE) {
                at = afterSequence(text, at + 1);
            } else {
                if (next != '\r' || at + 1 >= text.length() || text.charAt(at + 1) != '\n') {
                    plain.append(next);
                }
                at++;
            }
        }
        return plain.toString();
    }

    /** ECMA-48: {@code ESC [}, parameters and intermediates, one final character; any other sequence is taken as two characters. */
    private static int afterSequence(String text, int at) {
        if (at >= text.length()) {
            return at;
        }
        if (text.charAt(at) != '[') {
            return at + 1;
        }
        int end = at + 1;
        while (end < text.length() && text.charAt(end) >= ' ' && text.charAt(end) < '@') {
            end++;
        }
        return Math.min(text.length(), end + 1);
    }
}
