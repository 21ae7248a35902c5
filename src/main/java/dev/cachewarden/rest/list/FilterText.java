package dev.cachewarden.rest.list;

import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text that users type to filter a list. It consists of tokens {@code key:value}, and of words that are searched for literally. Within
 * quotes, blanks do not end a word, and a backslash escapes the next character. A quoted word is never a token, but the value of a token
 * may be quoted.
 */
public final class FilterText {

    /** The quantifiers are possessive, so that matching needs no stack for each letter: words may be thousands of letters long. */
    private static final Pattern WORD = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\"]++)++");

    private static final Pattern KEY = Pattern.compile("(?<key>[A-Za-z]+):(?<value>.*)", Pattern.DOTALL);

    private FilterText() {}

    /**
     * One word of the filter text.
     *
     * @param key in lower case, or null if the word is no token
     * @param value without quotes; never blank in a token
     * @param typed the word as the user typed it
     */
    public record Word(@Nullable String key, String value, String typed) {

        /**
         * Returns an exception for a token with an unknown key.
         *
         * @param known the valid keys, as text for the user
         */
        public InvalidInputException unknown(String known) {
            return problem("'" + key + ":' is not a filter. Available filters: " + known
                    + ". To search for it as text, put it in quotes: \"" + typed.replace("\"", "") + "\"");
        }
    }

    /**
     * Parses a filter text.
     *
     * @throws InvalidInputException about {@code q}, if a quote does not end or a token has no value
     */
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

    /** Checks the text between two words: it is blank, or begins with a quote that does not end. */
    private static void checkQuotes(String text, int from, int to) {
        if (!text.substring(from, to).isBlank()) {
            throw problem("The quote at " + text.substring(from).strip() + " is not closed; add a \" at the end");
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

    /** Returns the value of a token in the form that {@link #read} parses, in quotes if it needs them. */
    public static String value(String value) {
        boolean plain = value.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == ',' || c == '\\');
        return plain ? value : quoted(value);
    }

    /** Returns words in the form that {@link #read} parses. They are in quotes if they would otherwise be tokens or other words. */
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

    /** Returns an exception for an invalid filter text. */
    public static InvalidInputException problem(String reason) {
        return new InvalidInputException("q", reason);
    }
}
