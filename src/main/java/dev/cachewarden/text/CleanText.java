package dev.cachewarden.text;

/**
 * Text from outside in a form that every store and page can hold: without NUL, control characters, and halves of surrogate pairs, and no
 * longer than a bound. In place of such a character stands U+FFFD.
 */
public final class CleanText {

    private static final char INSTEAD = '\uFFFD';
    private static final char CUT = '…';

    private CleanText() {}

    /** Cleans a text that may have several lines; line ends and tabs stay. */
    public static String of(String text) {
        int first = firstUnclean(text, 0, text.length());
        if (first < 0) {
            return text;
        }
        var clean = new StringBuilder(text);
        for (int at = first; at >= 0; at = firstUnclean(clean, at + 1, clean.length())) {
            clean.setCharAt(at, INSTEAD);
        }
        return clean.toString();
    }

    /** Cleans a text and cuts it to so many characters, the last of which then is an ellipsis. */
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

    /** The same as one line: each run of blanks and line ends becomes one blank. */
    public static String line(String text, int longest) {
        // Nothing beyond this can be part of the result unless the text is mostly blank.
        String beginning = text.length() <= 16 * longest ? text : text.substring(0, 16 * longest);
        return of(beginning.replaceAll("\\s+", " ").strip(), longest);
    }

    /** Whether a text is clean as it is, and one line. */
    public static boolean isCleanLine(String text) {
        return firstUnclean(text, 0, text.length()) < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
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
