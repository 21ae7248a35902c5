package dev.cachewarden.text;

import org.jspecify.annotations.Nullable;

/** Finds private keys in PEM, complete or cut off at the beginning or the end. Each instance handles one text. */
final class PrivateKeys {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String KIND = "PRIVATE KEY";
    private static final String DASHES = "-----";
    private static final String WHAT = "private-key";

    /** The maximum length of a key. The longest keys in use have about 13,000 characters. */
    private static final int LONGEST = 20_000;

    private static final int LONGEST_KIND = 40;

    private final String text;

    /** The first end marker after the last requested position, so that a text is searched only once. */
    private int nextEnd = -1;

    PrivateKeys(String text) {
        this.text = text;
    }

    @Nullable
    Found at(int from, int notBefore) {
        if (text.startsWith(BEGIN, from)) {
            int body = afterKind(from + BEGIN.length());
            return body < 0 ? null : new Found(from, end(body), WHAT);
        }
        if (text.startsWith(END, from)) {
            int end = afterKind(from + END.length());
            return end < 0 ? null : new Found(beginning(from, notBefore), end, WHAT);
        }
        return null;
    }

    /** Returns the position after {@code RSA PRIVATE KEY-----}, or -1 if the text does not match. */
    private int afterKind(int from) {
        int dashes = text.indexOf(DASHES, from);
        return dashes < 0
                        || dashes - from > LONGEST_KIND
                        || !text.substring(from, dashes).contains(KIND)
                ? -1
                : dashes + DASHES.length();
    }

    private int end(int body) {
        if (nextEnd < body) {
            int found = text.indexOf(END, body);
            nextEnd = found < 0 ? text.length() : found;
        }
        int end = nextEnd < text.length() && nextEnd - body < LONGEST ? afterKind(nextEnd + END.length()) : -1;
        return end < 0 ? afterBase64(body) : end;
    }

    private int afterBase64(int from) {
        int at = from;
        while (at < text.length() && at - from < LONGEST && isBase64(text.charAt(at))) {
            at++;
        }
        while (at > from && Letters.isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** Returns the start of a key whose beginning is missing, because only the end of a long log is kept. */
    private int beginning(int end, int notBefore) {
        int at = end;
        while (at > notBefore && end - at < LONGEST && isBase64(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static boolean isBase64(char c) {
        return Letters.isAlphanumeric(c) || Letters.isSpace(c) || c == '+' || c == '/' || c == '=';
    }
}
