package dev.cachewarden.buildcache;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The cache usage by type and state: the totals of one reading.
 *
 * <p>Docker's tools compute different totals of the same records. So each total here names its source.
 *
 * @param byType in the order of type names, without the types and states that have no record
 */
public record CacheUsage(SortedMap<RecordType, Map<UsageState, Amount>> byType) {

    /** No records: an empty cache, which differs from an unknown one. */
    public static final CacheUsage EMPTY = new CacheUsage(new TreeMap<>());

    /**
     * A number of records and the total of their sizes.
     *
     * @param records zero or more
     * @param size total of {@link CacheRecord#size()}
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

    /** Returns the amount of all records: Total of {@code docker buildx du}. */
    public Amount total() {
        return sum(state -> true);
    }

    /**
     * Returns the amount not in use and not shared. This is the engine's definition of reclaimable: the bytes that a prune of everything
     * would free.
     */
    public Amount reclaimable() {
        return sum(state -> state == UsageState.RECLAIMABLE);
    }

    /** Returns the amount that an image also uses, in use or not: {@code Shared} of {@code docker buildx du}. */
    public Amount shared() {
        return sum(UsageState::shared);
    }

    /** Returns the amount that running builds use. */
    public Amount inUse() {
        return sum(UsageState::inUse);
    }

    /** Returns the amount not shared: the Build Cache size of {@code docker system df} up to API 1.51. */
    public Amount notShared() {
        return sum(state -> !state.shared());
    }

    /** Returns the amount not in use, shared or not: {@code Reclaimable} of {@code docker buildx du}. */
    public Amount notInUse() {
        return sum(state -> !state.inUse());
    }

    /** Returns the amount of one type. */
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
