package dev.cachewarden.text;

import org.jspecify.annotations.Nullable;

/** Names with passwords, and tokens, in addresses such as {@code https://user:secret@host}. */
final class Addresses {

    private static final String ENDS = " \t\r\n/?#\"'<>`|()";
    private static final int LONGEST = 1_024;

    /** A name without a password is none of a secret; tokens are longer than names. */
    private static final int SHORTEST_TOKEN = 16;

    private Addresses() {}

    /** @param colon of {@code ://} */
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

    /** Variables of a shell, and what was taken out already. */
    private static boolean isNoSecret(String text, int from, int to) {
        int colon = text.indexOf(':', from);
        int secret = colon >= 0 && colon < to ? colon + 1 : from;
        char first = Letters.at(text, secret);
        return first == '$' || first == '‹';
    }
}
