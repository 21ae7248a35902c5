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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Size and last touch of each record of one reading, and the number of its children. The records are grouped by kind, which is a type and a
 * state, and ordered by size within their kind. The records of a minimum size are therefore the end of each group.
 */
final class RecordFigures {

    /** The value of a record without a last use and a creation time: its age is unknown. */
    private static final long NO_TIME = Long.MAX_VALUE;

    private static final int STATES = UsageState.values().length;

    private static final int BYTES_EACH = Long.BYTES + Long.BYTES;
    private static final int BYTES_EACH_KIND = Integer.BYTES + 2 * Long.BYTES;
    private static final int OVERHEAD = 200;

    private final List<RecordType> types;

    /** The index after the last record of each kind. */
    private final int[] ends;

    private final long[] sizes;
    private final long[] touched;

    /** The sums over all records, or null before the first request for them. */
    private volatile @Nullable Sums whole;

    private final ChildCounts children;

    private RecordFigures(List<RecordType> types, int records, ChildCounts children) {
        this.children = children;
        this.types = types;
        this.ends = new int[types.size() * STATES];
        this.sizes = new long[records];
        this.touched = new long[records];
    }

    /** Returns the figures of these records. */
    static RecordFigures of(Collection<CacheRecord> records) {
        var numbers = new LinkedHashMap<RecordType, Integer>();
        records.forEach(record -> numbers.putIfAbsent(record.type(), numbers.size()));
        ToIntFunction<CacheRecord> kinds =
                record -> kind(Objects.requireNonNull(numbers.get(record.type())), UsageState.of(record));
        var ordered = records.stream()
                .sorted(Comparator.comparingInt(kinds)
                        .thenComparingLong(record -> record.size().bytes()))
                .toList();
        var figures = new RecordFigures(new ArrayList<>(numbers.keySet()), ordered.size(), ChildCounts.of(records));
        for (int i = 0; i < ordered.size(); i++) {
            var record = ordered.get(i);
            figures.ends[kinds.applyAsInt(record)] = i + 1;
            figures.sizes[i] = record.size().bytes();
            figures.touched[i] = micros(record.lastTouchedAt());
        }
        for (int kind = 1; kind < figures.ends.length; kind++) {
            figures.ends[kind] = Math.max(figures.ends[kind], figures.ends[kind - 1]);
        }
        return figures;
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
        return OVERHEAD + (long) sizes.length * BYTES_EACH + (long) ends.length * BYTES_EACH_KIND + children.bytes();
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

    private Sums add(long minBytes, long before) {
        var sums = new Sums(ends.length);
        for (int kind = 0, start = 0; kind < ends.length; start = ends[kind++]) {
            int first = firstOfSize(minBytes, start, ends[kind]);
            if (before == NO_TIME) {
                sums.records[kind] = (long) ends[kind] - first;
                sums.bytes[kind] = sum(sizes, first, ends[kind]);
            } else {
                addUntouched(sums, kind, first, before);
            }
        }
        return sums;
    }

    private int firstOfSize(long minBytes, int start, int end) {
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sizes[middle] < minBytes) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long sum(long[] sizes, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += sizes[i];
        }
        return sum;
    }

    /** Has no branches, because the branch predictor cannot predict which records match. A record matches by the sign of a difference. */
    private void addUntouched(Sums sums, int kind, int first, long before) {
        long records = 0;
        long bytes = 0;
        for (int i = first; i < ends[kind]; i++) {
            long passes = (touched[i] - before) >> 63;
            records -= passes;
            bytes += sizes[i] & passes;
        }
        sums.records[kind] = records;
        sums.bytes[kind] = bytes;
    }

    static int kind(int type, UsageState state) {
        return type * STATES + state.ordinal();
    }

    private static long micros(@Nullable Instant time) {
        return time == null ? NO_TIME : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
