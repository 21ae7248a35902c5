package dev.cachewarden.text;

/** Kinds of characters, all of ASCII. */
final class Letters {

    private Letters() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Of base64 as it stands in addresses. */
    static boolean isWord(char c) {
        return isAlphanumeric(c) || c == '_' || c == '-';
    }

    /** Of a name that a value is given to. */
    static boolean isName(char c) {
        return isWord(c) || c == '.';
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isSpace(char c) {
        return isBlank(c) || c == '\n' || c == '\r';
    }

    static int afterBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The character at a place; a line end beyond the text. */
    static char at(String text, int place) {
        return place >= 0 && place < text.length() ? text.charAt(place) : '\n';
    }
}
