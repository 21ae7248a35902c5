package dev.cachewarden.text;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds values whose names mark them as secret, in the formats of shells, headers, and JSON. */
final class NamedValues {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 4_096;
    private static final int LONGEST_SCHEME = 12;
    private static final int SHORTEST_BEARER = 20;
    private static final String BEARER = "bearer ";

    /** The text before the reason why a registry denied a pull. It looks like a header. */
    private static final String DENIED = "repository does not exist or may require authorization";

    /** The characters that end a value without quotes, in addition to blanks. */
    private static final String ENDS = "\"'`;&|<>)";

    private static final Set<String> NO_SECRETS = Set.of("true", "false", "null", "none", "yes", "no", "undefined");

    private final String text;

    NamedValues(String text) {
        this.text = text;
    }

    /**
     * Finds {@code NAME=value} and {@code --name="value"}. Blanks around the sign are allowed only for AWS names, as in AWS configuration
     * files.
     */
    @Nullable
    Found atEquals(int sign) {
        int end = sign;
        while (end > 0 && Letters.isBlank(text.charAt(end - 1)) && sign - end < 2) {
            end--;
        }
        String name = nameBefore(end);
        boolean apart = end < sign;
        if (!SecretNames.nameSecret(name)
                || (apart && !name.toLowerCase(Locale.ROOT).startsWith("aws_"))) {
            return null;
        }
        int from = apart ? Letters.afterBlanks(text, sign + 1) : sign + 1;
        boolean option = text.startsWith("id=", from) || text.startsWith("type=", from);
        return Letters.at(text, from) == '=' || option ? null : value(from, plain(name));
    }

    /** Finds {@code "name": "value"}, {@code "Name: value"} in quotes, and {@code Authorization: Bearer value} anywhere. */
    @Nullable
    Found atColon(int sign) {
        boolean quoted = Letters.isQuote(Letters.at(text, sign - 1));
        String name = nameBefore(quoted ? sign - 1 : sign);
        int from = Letters.afterBlanks(text, sign + 1);
        if (text.startsWith(DENIED, sign - DENIED.length())) {
            return null;
        }
        if (name.toLowerCase(Locale.ROOT).endsWith("authorization")) {
            return value(afterScheme(from), plain(name));
        }
        if (!SecretNames.nameSecret(name)) {
            return null;
        }
        boolean json = quoted && Letters.isQuote(Letters.at(text, from));
        boolean header = !quoted && Letters.isQuote(Letters.at(text, sign - name.length() - 1));
        return json || header ? value(from, plain(name)) : null;
    }

    /** Finds {@code --password value}. {@code --secret} is an option of Docker that names a secret without its value. */
    @Nullable
    Found atFlag(int dashes) {
        int end = dashes + 2;
        while (end < text.length() && Letters.isWord(text.charAt(end)) && end - dashes < SecretNames.LONGEST) {
            end++;
        }
        String name = text.substring(dashes + 2, end);
        int from = afterGap(end);
        return from == end || name.equals("secret") || !SecretNames.nameSecret(name) || Letters.at(text, from) == '-'
                ? null
                : value(from, name);
    }

    /** Returns the start of the next word after blanks, or after a quote and a comma in a list. */
    private int afterGap(int end) {
        if (Letters.isBlank(Letters.at(text, end))) {
            return Letters.afterBlanks(text, end);
        }
        int comma = end + 1;
        if (Letters.isQuote(Letters.at(text, end)) && Letters.at(text, comma) == ',') {
            return Letters.afterBlanks(text, comma + 1);
        }
        return end;
    }

    /** Finds {@code Bearer value} without a name. */
    @Nullable
    Found atBearer(int from) {
        if (Letters.isAlphanumeric(Letters.at(text, from - 1))
                || !text.regionMatches(true, from, BEARER, 0, BEARER.length())) {
            return null;
        }
        var found = value(from + BEARER.length(), "bearer-token");
        return found == null || found.to() - found.from() < SHORTEST_BEARER ? null : found;
    }

    private int afterScheme(int from) {
        int at = from;
        while (at < text.length() && at - from < LONGEST_SCHEME && Letters.isAlphanumeric(text.charAt(at))) {
            at++;
        }
        return Letters.at(text, at) == ' ' && at > from ? at + 1 : from;
    }

    /** Returns the name before a position, or an empty text if there is none. */
    private String nameBefore(int end) {
        int from = end;
        while (from > 0 && end - from < SecretNames.LONGEST && Letters.isName(text.charAt(from - 1))) {
            from--;
        }
        return text.substring(from, end);
    }

    private static String plain(String name) {
        int from = 0;
        while (from < name.length() && name.charAt(from) == '-') {
            from++;
        }
        return name.substring(from);
    }

    private @Nullable Found value(int begin, String name) {
        int from = Letters.at(text, begin) == '\\' && Letters.isQuote(Letters.at(text, begin + 1)) ? begin + 1 : begin;
        char quote = Letters.at(text, from);
        boolean quoted = Letters.isQuote(quote);
        if (quoted) {
            from++;
        }
        if (isPlaceOfOne(from)) {
            return null;
        }
        int end = from;
        while (end < text.length() && end - from < LONGEST && !ends(text.charAt(end), quoted, quote)) {
            end++;
        }
        if (quoted && end > from && Letters.at(text, end - 1) == '\\') {
            end--;
        }
        boolean secret = end - from >= SHORTEST
                && !NO_SECRETS.contains(text.substring(from, end).toLowerCase(Locale.ROOT));
        return secret ? new Found(from, end, name) : null;
    }

    /** Returns true for a variable, a file, a placeholder, or a part that is already redacted. */
    private boolean isPlaceOfOne(int from) {
        return "$%{<*‹".indexOf(Letters.at(text, from)) >= 0 || text.startsWith("/run/secrets/", from);
    }

    private static boolean ends(char c, boolean quoted, char quote) {
        return quoted ? c == quote || c == '\n' : Letters.isSpace(c) || ENDS.indexOf(c) >= 0;
    }
}
