package dev.cachewarden.dashboard.host;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.dashboard.Words;
import dev.cachewarden.dashboard.host.ExplorerView.Facet;
import dev.cachewarden.history.RecordFilter;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.WatchedHost;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** The numbers of records that would match after a change of the filter. */
@Component
class Facets {

    /** The maximum number of hosts with a count, because a separate count for each host would be too expensive for its benefit. */
    private static final int COUNTED_HOSTS = 12;

    private final UsageHistory history;
    private final Words words;

    Facets(UsageHistory history, Words words) {
        this.history = history;
        this.words = words;
    }

    /** The totals of the matching records, and of the records that would match with any type or any state. */
    record Sums(CacheUsage matching, CacheUsage ofAnyType, CacheUsage inAnyState) {}

    Sums sums(RecordFilter filter, Function<RecordFilter, RecordQuery> query) {
        var sums = history.sums(List.of(
                query.apply(filter),
                query.apply(withTypes(filter, Set.of())),
                query.apply(withStates(filter, Set.of()))));
        return new Sums(sums.get(0), sums.get(1), sums.get(2));
    }

    List<Facet> types(RecordFilter filter, Sums of) {
        var sums = of.ofAnyType();
        var all = new TreeSet<>(sums.byType().keySet());
        all.addAll(filter.types());
        return all.stream()
                .map(type -> new Facet(
                        type.name(),
                        sums.of(type).records(),
                        withTypes(filter, toggled(filter.types(), type)).format(),
                        filter.types().contains(type)))
                .toList();
    }

    List<Facet> states(RecordFilter filter, Sums of) {
        var sums = of.inAnyState();
        return Arrays.stream(UsageState.values())
                .map(state -> new Facet(
                        words.state(state),
                        records(sums, state),
                        withStates(filter, toggled(filter.states(), state)).format(),
                        filter.states().contains(state)))
                .filter(facet -> facet.count() > 0 || facet.chosen())
                .toList();
    }

    List<Facet> hosts(RecordFilter filter, List<WatchedHost> hosts, Function<RecordFilter, RecordQuery> query) {
        if (hosts.size() > COUNTED_HOSTS) {
            return List.of();
        }
        var sums = history.sums(hosts.stream()
                .map(host -> query.apply(withHosts(filter, Set.of(host.name()))))
                .toList());
        return IntStream.range(0, hosts.size())
                .mapToObj(i -> new Facet(
                        hosts.get(i).name(),
                        sums.get(i).total().records(),
                        withHosts(filter, toggled(filter.hosts(), hosts.get(i).name()))
                                .format(),
                        filter.hosts().contains(hosts.get(i).name())))
                .toList();
    }

    private static long records(CacheUsage sums, UsageState state) {
        return sums.byType().values().stream()
                .map(states -> states.getOrDefault(state, CacheUsage.Amount.NONE))
                .mapToLong(CacheUsage.Amount::records)
                .sum();
    }

    private static <T> Set<T> toggled(Set<T> chosen, T value) {
        var changed = new LinkedHashSet<>(chosen);
        if (!changed.remove(value)) {
            changed.add(value);
        }
        return changed;
    }

    private static RecordFilter withTypes(RecordFilter f, Set<RecordType> types) {
        return new RecordFilter(f.hosts(), types, f.states(), f.text(), f.minSize(), f.unusedFor());
    }

    private static RecordFilter withStates(RecordFilter f, Set<UsageState> states) {
        return new RecordFilter(f.hosts(), f.types(), states, f.text(), f.minSize(), f.unusedFor());
    }

    private static RecordFilter withHosts(RecordFilter f, Set<String> hosts) {
        return new RecordFilter(hosts, f.types(), f.states(), f.text(), f.minSize(), f.unusedFor());
    }
}
