package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.FilterText;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person types to find records: {@code type:exec.cachemount size:>1GiB unused:>7d state:reclaimable host:ci-1 npm install}.
 * Tokens of one kind are alternatives, tokens of different kinds must all hold, and all other words together are looked for as they are.
 *
 * @param hosts by name
 */
public record RecordFilter(
        Set<String> hosts,
        Set<RecordType> types,
        Set<UsageState> states,
        @Nullable String text,
        @Nullable ByteSize minSize,
        @Nullable Duration unusedFor) {

    public RecordFilter {
        // Kept in the order in which they were typed, so that they are written back the same.
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
        types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
        states = Collections.unmodifiableSet(new LinkedHashSet<>(states));
    }

    /**
     * Reads a filter; null or blank lets every record pass.
     *
     * @throws InvalidInputException about {@code q}, naming the token that is wrong
     */
    public static RecordFilter parse(@Nullable String text) {
        return new RecordFilterParser().parse(text == null ? "" : text);
    }

    /**
     * The filter as a query.
     *
     * @param hostNamed finds a host by its name
     * @throws InvalidInputException about {@code q}, if a host is unknown
     */
    public RecordQuery toQuery(
            Function<String, Optional<HostId>> hostNamed, RecordQuery.Sort sort, boolean descending) {
        var ids = new LinkedHashSet<HostId>();
        for (String name : hosts) {
            ids.add(hostNamed
                    .apply(name)
                    .orElseThrow(() -> new InvalidInputException("q", "There is no host '" + name + "'")));
        }
        return new RecordQuery(ids, types, states, text, minSize, unusedFor, sort, descending);
    }

    /** As {@link #parse} reads it. */
    public String format() {
        var written = new StringJoiner(" ");
        hosts.forEach(host -> written.add("host:" + FilterText.value(host)));
        types.forEach(type -> written.add("type:" + FilterText.value(type.name())));
        states.forEach(state -> written.add("state:" + wordOf(state)));
        if (minSize != null) {
            written.add("size:>" + shortForm(minSize));
        }
        if (unusedFor != null) {
            written.add("unused:>" + Durations.format(unusedFor));
        }
        if (text != null) {
            written.add(FilterText.words(text));
        }
        return written.toString();
    }

    /** A state as people write it, such as {@code in-use}. */
    public static String wordOf(UsageState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The state of this word.
     *
     * @throws IllegalArgumentException with a message that tells all words
     */
    public static UsageState stateOf(String word) {
        return Arrays.stream(UsageState.values())
                .filter(state -> wordOf(state).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not a state; there are "
                        + Arrays.stream(UsageState.values())
                                .map(RecordFilter::wordOf)
                                .collect(Collectors.joining(", "))));
    }

    /** The largest binary unit in which it is a whole number. */
    private static String shortForm(ByteSize size) {
        String[] units = {"", "KiB", "MiB", "GiB", "TiB"};
        long count = size.bytes();
        int unit = 0;
        while (unit < units.length - 1 && count != 0 && count % 1024 == 0) {
            count /= 1024;
            unit++;
        }
        return count + units[unit];
    }
}
