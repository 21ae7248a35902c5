package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.rest.list.FilterText;
import dev.cachewarden.rest.list.FilterText.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses a {@link RecordFilter}, word by word. */
final class RecordFilterParser {

    private static final String KNOWN = "type:, size:, unused:, state:, and host:";

    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<RecordType> types = new LinkedHashSet<>();
    private final Set<UsageState> states = new LinkedHashSet<>();
    private final List<String> words = new ArrayList<>();
    private @Nullable ByteSize minSize;
    private @Nullable Duration unusedFor;

    RecordFilter parse(String text) {
        FilterText.read(text).forEach(this::add);
        return new RecordFilter(
                hosts, types, states, words.isEmpty() ? null : String.join(" ", words), minSize, unusedFor);
    }

    private void add(Word word) {
        String key = word.key();
        String value = word.value();
        if (key == null) {
            words.add(value);
            return;
        }
        switch (key) {
            case "host" -> hosts.add(value);
            case "type" -> types.add(new RecordType(value));
            case "state" -> states.add(state(value));
            case "size" -> minSize = once(key, minSize, moreThan(key, value, ByteSize::parse));
            case "unused" -> unusedFor = once(key, unusedFor, moreThan(key, value, Durations::parse));
            default -> throw word.unknown(KNOWN);
        }
    }

    private static UsageState state(String value) {
        try {
            return RecordFilter.stateOf(value);
        } catch (IllegalArgumentException e) {
            throw FilterText.problem(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T moreThan(String key, String value, Function<String, T> parse) {
        if (value.startsWith("<") || value.startsWith("=")) {
            throw FilterText.problem("'" + key + ":" + value + "' is not supported; use " + key + ":>"
                    + value.replaceFirst("^[<=]+", ""));
        }
        String bare = value.replaceFirst("^>=?", "");
        try {
            return parse.apply(bare);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw FilterText.problem("'" + key + ":" + value + "' is not valid: " + e.getMessage());
        }
    }

    private static <T> T once(String key, @Nullable T before, T value) {
        if (before != null) {
            throw FilterText.problem("'" + key + ":' is given twice; use it once");
        }
        return value;
    }
}
