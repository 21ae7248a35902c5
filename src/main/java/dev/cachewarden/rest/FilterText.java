package dev.cachewarden.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people type to narrow a list: tokens {@code key:value}, and words that are looked for as they are. Between quotes blanks do not end a
 * word and a backslash takes the next character as it is. A word in quotes is never a token; a token's value may be in quotes.
 */
public final class FilterText {

    /** Possessive, so that it takes no stack for each letter: words may be thousands of letters long. */
    private static final Pattern WORD = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\"]++)++");

    private static final Pattern KEY = Pattern.compile("(?<key>[A-Za-z]+):(?<value>.*)", Pattern.DOTALL);

    private FilterText() {}

    /**
     * One of its words.
     *
     * @param key in lower case; null: it is no token
     * @param value without quotes; of a token never blank
     * @param typed as it was typed
     */
    public record Word(@Nullable String key, String value, String typed) {

        /**
         * That there is no such token.
         *
         * @param known those there are, for a person
         */
        public InvalidInputException unknown(String known) {
            return problem("'" + key + ":' is not a filter; there are " + known
                    + ". To find it as text, put it in quotes: \"" + typed.replace("\"", "") + "\"");
        }
    }

    /** @throws InvalidInputException about {@code q}: a quote that does not end, a token without value */
    public static List<Word> read(String text) {
        var words = new ArrayList<Word>();
        var matcher = WORD.matcher(text);
        int end = 0;
        while (matcher.find()) {
            checkQuotes(text, end, matcher.start());
            words.add(word(matcher.group()));
            end = matcher.end();
        }
        checkQuotes(text, end, text.length());
        return words;
    }

    /** What no word matches is blank, or begins with a quote that does not end. */
    private static void checkQuotes(String text, int from, int to) {
        if (!text.substring(from, to).isBlank()) {
            throw problem("The quote at " + text.substring(from).strip() + " does not end; write another \" behind it");
        }
    }

    private static Word word(String typed) {
        var token = KEY.matcher(typed);
        if (!token.matches()) {
            return new Word(null, unquoted(typed), typed);
        }
        String value = unquoted(token.group("value"));
        if (value.isBlank()) {
            throw problem("'" + typed + "' has no value");
        }
        return new Word(token.group("key").toLowerCase(Locale.ROOT), value, typed);
    }

    private static String unquoted(String word) {
        var text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted && i + 1 < word.length()) {
                text.append(word.charAt(++i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** A token's value as {@link #read} reads it, in quotes where it needs them. */
    public static String value(String value) {
        boolean plain = value.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == ',' || c == '\\');
        return plain ? value : quoted(value);
    }

    /** Words as {@link #read} reads them, in quotes where they would be tokens or other words without. */
    public static String words(String text) {
        return standsAlone(text) ? text : quoted(text);
    }

    private static boolean standsAlone(String text) {
        return !text.isEmpty()
                && !text.contains("\"")
                && String.join(" ", text.split("\\s+")).equals(text)
                && Arrays.stream(text.split(" "))
                        .noneMatch(word -> KEY.matcher(word).matches());
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Something wrong with what was typed. */
    public static InvalidInputException problem(String reason) {
        return new InvalidInputException("q", reason);
    }
}
