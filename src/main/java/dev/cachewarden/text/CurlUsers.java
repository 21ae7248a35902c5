package dev.cachewarden.text;

import org.jspecify.annotations.Nullable;

/**
 * Finds passwords in options of curl: {@code curl -u name:password}, {@code --user name:password}. Other programs use these options
 * differently.
 */
final class CurlUsers {

    /** The maximum distance between curl and its option. */
    private static final int NEAR = 300;

    private static final int LONGEST = 1_024;

    private CurlUsers() {}

    static @Nullable Found at(String text, int dash) {
        int option = text.startsWith("-u", dash) ? dash + 2 : text.startsWith("--user", dash) ? dash + 6 : -1;
        if (option < 0 || !(Letters.isBlank(Letters.at(text, option)) || Letters.at(text, option) == '=')) {
            return null;
        }
        int from = Letters.afterBlanks(text, option + 1);
        int name = Letters.isQuote(Letters.at(text, from)) ? from + 1 : from;
        int end = name;
        int colon = -1;
        while (end < text.length()
                && end - name < LONGEST
                && !Letters.isSpace(text.charAt(end))
                && !Letters.isQuote(text.charAt(end))) {
            colon = colon < 0 && text.charAt(end) == ':' ? end : colon;
            end++;
        }
        boolean secret = colon > name && end > colon + 1 && "$‹".indexOf(text.charAt(colon + 1)) < 0;
        return secret && isOfCurl(text, dash) ? new Found(colon + 1, end, "password") : null;
    }

    private static boolean isOfCurl(String text, int option) {
        String before = text.substring(Math.max(0, option - NEAR), option);
        return before.substring(before.lastIndexOf('\n') + 1).contains("curl ");
    }
}
