package dev.cachewarden.text;

/**
 * Sanitizes external text, so that every store and page can hold it. U+FFFD replaces NUL, control characters, and unpaired surrogates, and
 * the length is limited.
 */
public final class CleanText {

    private static final char INSTEAD = '\uFFFD';
    private static final char CUT = '…';

    private CleanText() {}

    /** Sanitizes a text that may have several lines. Line breaks and tabs stay. */
    public static String of(String text) {
        if (isClean(text)) {
            return text;
        }
        int first = firstUnclean(text, 0, text.length());
        var clean = new StringBuilder(text);
        for (int at = first; at >= 0; at = firstUnclean(clean, at + 1, clean.length())) {
            clean.setCharAt(at, INSTEAD);
        }
        return clean.toString();
    }

    /** Sanitizes a text and truncates it to a number of characters. The last character of a truncated text is an ellipsis. */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return of(text);
        }
        int end = longest - 1;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) && Character.isLowSurrogate(text.charAt(end))) {
            end--;
        }
        return of(text.substring(0, end)) + CUT;
    }

    /** Sanitizes a text as one line: each sequence of blanks and line breaks becomes one blank. */
    public static String line(String text, int longest) {
        if (text.length() <= longest && isPlainLine(text)) {
            return text;
        }
        // Text beyond this cannot be part of the result unless the text is mostly blank.
        String beginning = text.length() <= 16 * longest ? text : text.substring(0, 16 * longest);
        return of(beginning.replaceAll("\\s+", " ").strip(), longest);
    }

    /** Returns true if a text consists of visible ASCII characters and single blanks between them, as most do. */
    private static boolean isPlainLine(String text) {
        boolean afterBlank = true;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < ' ' || c > '~' || c == ' ' && afterBlank) {
                return false;
            }
            afterBlank = c == ' ';
        }
        return text.isEmpty() || !afterBlank;
    }

    /** Returns true if {@link #of(String)} returns the text unchanged. */
    public static boolean isClean(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            // Most texts contain only visible ASCII characters and blanks.
            if (c < ' ' || c > '~') {
                return firstUnclean(text, at, text.length()) < 0;
            }
        }
        return true;
    }

    /** Returns true if a text is already sanitized and has only one line. */
    public static boolean isCleanLine(String text) {
        return isClean(text) && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }

    private static int firstUnclean(CharSequence text, int from, int to) {
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (c < ' ' ? c != '\n' && c != '\t' && c != '\r' : c >= '\u007f' && isUnclean(text, at, c)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isUnclean(CharSequence text, int at, char c) {
        if (c <= '\u009f') {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
