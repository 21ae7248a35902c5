package dev.cachewarden.buildcache;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How much cache there is, by type and state: the sums of one reading.
 *
 * <p>The tools of the field add the same records up differently, so each sum here says whose it is.
 *
 * @param byType in the order of type names; types and states without a record are left out
 */
public record CacheUsage(SortedMap<RecordType, Map<UsageState, Amount>> byType) {

    /** No record at all: an empty cache, which is not the same as an unknown one. */
    public static final CacheUsage EMPTY = new CacheUsage(new TreeMap<>());

    /**
     * A number of records and the sum of their sizes.
     *
     * @param records zero or more
     * @param size sum of {@link CacheRecord#size()}
     */
    public record Amount(long records, ByteSize size) {

        public static final Amount NONE = new Amount(0, ByteSize.ZERO);

        public Amount plus(Amount other) {
            return new Amount(records + other.records, size.plus(other.size));
        }
    }

    public static CacheUsage of(Iterable<CacheRecord> records) {
        var sums = new TreeMap<RecordType, Map<UsageState, Amount>>();
        for (var record : records) {
            sums.computeIfAbsent(record.type(), type -> new EnumMap<>(UsageState.class))
                    .merge(UsageState.of(record), new Amount(1, record.size()), Amount::plus);
        }
        return new CacheUsage(sums);
    }

    /** All records, as {@code docker buildx du} prints under Total. */
    public Amount total() {
        return sum(state -> true);
    }

    /** Not in use and not shared: reclaimable to the engine, the bytes a prune of everything would free. */
    public Amount reclaimable() {
        return sum(state -> state == UsageState.RECLAIMABLE);
    }

    /** Held by an image as well, in use or not; {@code Shared} of {@code docker buildx du}. */
    public Amount shared() {
        return sum(UsageState::shared);
    }

    /** Held by running builds. */
    public Amount inUse() {
        return sum(UsageState::inUse);
    }

    /** Not shared: the Build Cache size of {@code docker system df} up to API 1.51. */
    public Amount notShared() {
        return sum(state -> !state.shared());
    }

    /** Not in use, shared or not: {@code Reclaimable} of {@code docker buildx du}. */
    public Amount notInUse() {
        return sum(state -> !state.inUse());
    }

    /** What there is of one type. */
    public Amount of(RecordType type) {
        return byType.getOrDefault(type, Map.of()).values().stream().reduce(Amount.NONE, Amount::plus);
    }

    private Amount sum(Predicate<UsageState> counted) {
        return byType.values().stream()
                .flatMap(states -> states.entrySet().stream())
                .filter(entry -> counted.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Amount.NONE, Amount::plus);
    }
}
