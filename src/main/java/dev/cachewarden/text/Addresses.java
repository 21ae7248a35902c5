package dev.cachewarden.text;

import org.jspecify.annotations.Nullable;

/** Finds passwords and tokens in addresses such as {@code https://user:secret@host}. */
final class Addresses {

    private static final String ENDS = " \t\r\n/?#\"'<>`|()";
    private static final int LONGEST = 1_024;

    /** The minimum length of a token. A user name without a password is not a secret, and tokens are longer than names. */
    private static final int SHORTEST_TOKEN = 16;

    private Addresses() {}

    /** @param colon position of the colon in {@code ://} */
    static @Nullable Found at(String text, int colon) {
        int from = colon + 3;
        int end = Math.min(text.length(), from + LONGEST);
        int sign = -1;
        boolean password = false;
        for (int i = from; i < end && ENDS.indexOf(text.charAt(i)) < 0; i++) {
            char c = text.charAt(i);
            if (c == '@') {
                sign = i;
            }
            password |= c == ':' && sign < 0;
        }
        if (sign <= from || isNoSecret(text, from, sign)) {
            return null;
        }
        return password || sign - from >= SHORTEST_TOKEN ? new Found(from, sign, "credentials") : null;
    }

    /** Returns true for shell variables, and for parts that are already redacted. */
    private static boolean isNoSecret(String text, int from, int to) {
        int colon = text.indexOf(':', from);
        int secret = colon >= 0 && colon < to ? colon + 1 : from;
        char first = Letters.at(text, secret);
        return first == '$' || first == '‹';
    }
}
