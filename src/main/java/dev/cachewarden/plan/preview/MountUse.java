package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.UsageState;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The total of records of cache mounts.
 *
 * @param byState in the order of the states, without states that have no record
 * @param lastUsedAt the latest use of the records, or null if no record was ever used
 * @param usageCount the number of completed uses of all records
 */
public record MountUse(
        Map<UsageState, Amount> byState, @Nullable Instant lastUsedAt, long usageCount) {

    static final MountUse NONE = new MountUse(Map.of(), null, 0);

    public MountUse {
        var copy = new EnumMap<UsageState, Amount>(UsageState.class);
        copy.putAll(byState);
        byState = Collections.unmodifiableMap(copy);
    }

    static MountUse of(CacheRecord record) {
        return new MountUse(
                Map.of(UsageState.of(record), new Amount(1, record.size())), record.lastUsedAt(), record.usageCount());
    }

    MountUse plus(MountUse other) {
        if (equals(NONE)) {
            return other;
        }
        var sums = new EnumMap<UsageState, Amount>(UsageState.class);
        sums.putAll(byState);
        other.byState.forEach((state, amount) -> sums.merge(state, amount, Amount::plus));
        return new MountUse(sums, later(lastUsedAt, other.lastUsedAt), usageCount + other.usageCount);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    public Amount total() {
        var total = Amount.NONE;
        for (var amount : byState.values()) {
            total = total.plus(amount);
        }
        return total;
    }

    public ByteSize size() {
        return total().size();
    }

    /** Returns the total of one state. */
    public Amount of(UsageState state) {
        return byState.getOrDefault(state, Amount.NONE);
    }
}
