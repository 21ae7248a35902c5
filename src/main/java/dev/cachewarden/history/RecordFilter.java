package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.list.FilterText;
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
 * A filter that users type to find records: {@code type:exec.cachemount size:>1GiB unused:>7d state:reclaimable host:ci-1 npm install}.
 * Tokens of the same kind are alternatives. A record must match all kinds of tokens. All other words together are searched for as one text.
 *
 * @param hosts names of hosts
 */
public record RecordFilter(
        Set<String> hosts,
        Set<RecordType> types,
        Set<UsageState> states,
        @Nullable String text,
        @Nullable ByteSize minSize,
        @Nullable Duration unusedFor) {

    public RecordFilter {
        // Sets keep the order of the input, so that format() returns the same order.
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
        types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
        states = Collections.unmodifiableSet(new LinkedHashSet<>(states));
    }

    /**
     * Parses a filter; null or blank matches every record.
     *
     * @throws InvalidInputException about {@code q}, naming the invalid token
     */
    public static RecordFilter parse(@Nullable String text) {
        return new RecordFilterParser().parse(text == null ? "" : text);
    }

    /**
     * Converts the filter to a query.
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

    /** Returns the filter in the form that {@link #parse} reads. */
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

    /** Returns a state in its written form, such as {@code in-use}. */
    public static String wordOf(UsageState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the state with this written form.
     *
     * @throws IllegalArgumentException with a message that lists all written forms
     */
    public static UsageState stateOf(String word) {
        return Arrays.stream(UsageState.values())
                .filter(state -> wordOf(state).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not a state; use one of "
                        + Arrays.stream(UsageState.values())
                                .map(RecordFilter::wordOf)
                                .collect(Collectors.joining(", "))));
    }

    /** Formats a size in the largest binary unit that gives a whole number. */
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
