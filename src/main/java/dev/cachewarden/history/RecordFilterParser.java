package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link RecordFilter}, word by word. */
final class RecordFilterParser {

    /** A word, with parts in quotes in which blanks do not end it and a backslash takes the next character as it is. */
    private static final Pattern WORD = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\"])+");

    private static final Pattern KEY = Pattern.compile("(?<key>[A-Za-z]+):(?<value>.*)", Pattern.DOTALL);

    private static final String KNOWN = "type:, size:, unused:, state: and host:";

    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<RecordType> types = new LinkedHashSet<>();
    private final Set<UsageState> states = new LinkedHashSet<>();
    private final List<String> words = new ArrayList<>();
    private @Nullable ByteSize minSize;
    private @Nullable Duration unusedFor;

    RecordFilter parse(String text) {
        var matcher = WORD.matcher(text);
        int end = 0;
        while (matcher.find()) {
            checkQuotes(text, end, matcher.start());
            add(matcher.group());
            end = matcher.end();
        }
        checkQuotes(text, end, text.length());
        return new RecordFilter(
                hosts, types, states, words.isEmpty() ? null : String.join(" ", words), minSize, unusedFor);
    }

    /** What no word matches is blank, or begins with a quote that does not end. */
    private static void checkQuotes(String text, int from, int to) {
        if (!text.substring(from, to).isBlank()) {
            throw problem("The quote at " + text.substring(from).strip() + " does not end; write another \" behind it");
        }
    }

    private void add(String word) {
        var token = KEY.matcher(word);
        if (!token.matches()) {
            words.add(unquoted(word));
            return;
        }
        String value = unquoted(token.group("value"));
        String key = token.group("key").toLowerCase(Locale.ROOT);
        if (value.isBlank()) {
            throw problem("'" + word + "' has no value");
        }
        switch (key) {
            case "host" -> hosts.add(value);
            case "type" -> types.add(new RecordType(value));
            case "state" -> states.add(state(value));
            case "size" -> minSize = once(key, minSize, moreThan(key, value, ByteSize::parse));
            case "unused" -> unusedFor = once(key, unusedFor, moreThan(key, value, Durations::parse));
            default ->
                throw problem("'" + key + ":' is not a filter; there are " + KNOWN
                        + ". To find it as text, put it in quotes: \"" + word.replace("\"", "") + "\"");
        }
    }

    private static UsageState state(String value) {
        try {
            return RecordFilter.stateOf(value);
        } catch (IllegalArgumentException e) {
            throw problem(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T moreThan(String key, String value, Function<String, T> parse) {
        if (value.startsWith("<") || value.startsWith("=")) {
            throw problem("'" + key + ":" + value + "' cannot be asked for; only more than: " + key + ":>"
                    + value.replaceFirst("^[<=]+", ""));
        }
        String bare = value.replaceFirst("^>=?", "");
        try {
            return parse.apply(bare);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw problem("'" + key + ":" + value + "' cannot be read: " + e.getMessage());
        }
    }

    private static <T> T once(String key, @Nullable T before, T value) {
        if (before != null) {
            throw problem("'" + key + ":' is given twice; write it once");
        }
        return value;
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

    /** Whether a text, written without quotes, would be read back as the same text. */
    static boolean standsAlone(String text) {
        return !text.isEmpty()
                && !text.contains("\"")
                && String.join(" ", text.split("\\s+")).equals(text)
                && Arrays.stream(text.split(" "))
                        .noneMatch(word -> KEY.matcher(word).matches());
    }

    private static InvalidInputException problem(String reason) {
        return new InvalidInputException("q", reason);
    }
}
