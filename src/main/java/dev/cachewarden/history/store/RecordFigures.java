package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Type, state, size, and last touch of each record of one reading, in one array each, and the number of its children. */
final class RecordFigures {

    /** The value of a record without a last use and a creation time: its age is unknown. */
    private static final long NO_TIME = Long.MAX_VALUE;

    private static final int STATES = UsageState.values().length;

    /** The maximum number of types: with more, a type and a state do not fit into one short. An engine that invents types can reach it. */
    private static final int MOST_TYPES = Short.MAX_VALUE / STATES;

    private static final int BYTES_EACH = Short.BYTES + Long.BYTES + Long.BYTES;
    private static final int OVERHEAD = 200;

    private final List<RecordType> types;
    private final short[] kinds;
    private final long[] sizes;
    private final long[] touched;

    /** The sums over all records, or null before the first request for them. */
    private volatile @Nullable Sums whole;

    private final ChildCounts children;

    private RecordFigures(List<RecordType> types, short[] kinds, long[] sizes, long[] touched, ChildCounts children) {
        this.children = children;
        this.types = types;
        this.kinds = kinds;
        this.sizes = sizes;
        this.touched = touched;
    }

    /** Returns the figures of these records, or empty if they have too many types. */
    static Optional<RecordFigures> of(Collection<CacheRecord> records) {
        var numbers = new LinkedHashMap<RecordType, Integer>();
        var figures = new RecordFigures(
                new ArrayList<>(),
                new short[records.size()],
                new long[records.size()],
                new long[records.size()],
                ChildCounts.of(records));
        int i = 0;
        for (var record : records) {
            int type = numbers.computeIfAbsent(record.type(), added -> numbers.size());
            if (type == MOST_TYPES) {
                return Optional.empty();
            }
            figures.kinds[i] = (short) kind(type, UsageState.of(record));
            figures.sizes[i] = record.size().bytes();
            figures.touched[i++] = micros(record.lastTouchedAt());
        }
        figures.types.addAll(numbers.keySet());
        return Optional.of(figures);
    }

    List<RecordType> types() {
        return types;
    }

    /** Returns how many records build on the one with this id. */
    public int children(String recordId) {
        return children.of(recordId);
    }

    /** Returns the memory that the figures need, in bytes. */
    long bytes() {
        return OVERHEAD
                + (long) sizes.length * BYTES_EACH
                + (long) types.size() * STATES * 2 * Long.BYTES
                + children.bytes();
    }

    /** The number and total size of records by type and state, at the index that {@link #kind} returns. */
    static final class Sums {

        private final long[] records;
        private final long[] bytes;

        private Sums(int kinds) {
            this.records = new long[kinds];
            this.bytes = new long[kinds];
        }

        long records(int kind) {
            return records[kind];
        }

        Amount amount(int kind) {
            return new Amount(records[kind], new ByteSize(bytes[kind]));
        }
    }

    /**
     * Sums up the matching records.
     *
     * @param untouchedSince the exclusive latest time of the last touch, or null for any time
     */
    Sums sums(long minBytes, @Nullable Instant untouchedSince) {
        if (minBytes == 0 && untouchedSince == null) {
            var known = whole;
            if (known == null) {
                known = add(0, NO_TIME);
                whole = known;
            }
            return known;
        }
        return add(minBytes, untouchedSince == null ? NO_TIME : micros(untouchedSince));
    }

    /**
     * Sums up without branches, because the branch predictor cannot predict which records match. A record matches by the signs of two
     * differences.
     */
    private Sums add(long minBytes, long before) {
        var sums = new Sums(kind(types.size(), UsageState.values()[0]));
        for (int i = 0; i < sizes.length; i++) {
            long passes = ~((sizes[i] - minBytes) >> 63);
            if (before != NO_TIME) {
                passes &= (touched[i] - before) >> 63;
            }
            sums.records[kinds[i]] -= passes;
            sums.bytes[kinds[i]] += sizes[i] & passes;
        }
        return sums;
    }

    static int kind(int type, UsageState state) {
        return type * STATES + state.ordinal();
    }

    private static long micros(@Nullable Instant time) {
        return time == null ? NO_TIME : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
