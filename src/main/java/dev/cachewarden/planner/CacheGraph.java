package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The records of a snapshot by number, least recently used first, with their parents and children. Arrays hold the figures that planning
 * reads for every record. Implementations can create the records themselves on demand.
 *
 * <p>The graph omits parents that are not in the snapshot, because Cachewarden cannot delete them. No builder creates a cycle. If one
 * occurs, its records always have children and are never deleted.
 */
public abstract class CacheGraph {

    private static final int PLACE_BITS = 24;
    private static final int MOST_RECORDS = (1 << PLACE_BITS) - 1;
    private static final long LATEST = (1L << 38) - 1;

    private static final Comparator<CacheRecord> WITHIN_A_SECOND = Comparator.comparing(
                    CacheRecord::lastTouchedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparingLong(CacheRecord::usageCount)
            .thenComparing(CacheRecord::size, Comparator.reverseOrder())
            .thenComparing(CacheRecord::id);

    private final List<RecordType> types;
    private final long[] bytes;
    private final boolean[] shared;
    private final boolean[] inUse;
    private final boolean[] nameable;

    /** For each record, the index of its type in {@code types}. */
    private final int[] type;

    /** For each record, the index of its first parent in {@code parents}. The parents of the next record follow. */
    private final int[] firstParent;

    private int[] parents;
    private int count;

    /**
     * Creates a graph without records, which {@link #add} and {@link #addParent} fill.
     *
     * @param size the number of records that will be added
     * @param types the distinct types of all records
     */
    protected CacheGraph(int size, List<RecordType> types) {
        this.types = types;
        this.bytes = new long[size];
        this.shared = new boolean[size];
        this.inUse = new boolean[size];
        this.nameable = new boolean[size];
        this.type = new int[size];
        this.firstParent = new int[size + 1];
        this.parents = new int[size + (size >> 2)];
    }

    /**
     * Adds the next record. Records must be added in the order of {@link #of}.
     *
     * @param typePlace the index of its type in the list of types
     * @param idUsable the result of {@link CacheRecord#isBuildKitId} for its ID
     */
    protected final void add(long size, int typePlace, boolean isShared, boolean isInUse, boolean idUsable) {
        bytes[count] = size;
        type[count] = typePlace;
        shared[count] = isShared;
        inUse[count] = isInUse;
        nameable[count] = idUsable;
        firstParent[count + 1] = firstParent[count];
        count++;
    }

    /** Adds a parent to the record that was added last, unless it already has this parent. */
    protected final void addParent(int number) {
        int end = firstParent[count];
        for (int i = firstParent[count - 1]; i < end; i++) {
            if (parents[i] == number) {
                return;
            }
        }
        if (end == parents.length) {
            parents = Arrays.copyOf(parents, end + (end >> 1) + 1);
        }
        parents[end] = number;
        firstParent[count]++;
    }

    /** Returns the record with this number. */
    public abstract CacheRecord record(int number);

    /** Returns the ID of a record. */
    protected abstract String id(int number);

    /** Returns the time of its last use, or of its creation if it was never used, or null if neither is known. */
    protected abstract @Nullable Instant touchedAt(int number);

    /**
     * Returns the graph of these records, which can be in any order.
     *
     * @throws IllegalArgumentException if two records have the same ID, because an order to delete would be ambiguous
     */
    public static CacheGraph of(Collection<CacheRecord> snapshot) {
        var records = leastRecentlyUsedFirst(snapshot);
        var numbers = new HashMap<String, Integer>(records.length * 2);
        var places = new LinkedHashMap<RecordType, Integer>();
        for (int i = 0; i < records.length; i++) {
            if (numbers.put(records[i].id(), i) != null) {
                throw new IllegalArgumentException("The snapshot has two records with the ID " + records[i].id());
            }
            places.putIfAbsent(records[i].type(), places.size());
        }
        var graph = new OfRecords(records, List.copyOf(places.keySet()));
        for (var record : records) {
            graph.add(
                    record.size().bytes(),
                    places.getOrDefault(record.type(), 0),
                    record.shared(),
                    record.inUse(),
                    CacheRecord.isBuildKitId(record.id()));
            for (String parent : record.parents()) {
                var number = numbers.get(parent);
                if (number != null) {
                    graph.addParent(number);
                }
            }
        }
        return graph;
    }

    private static final class OfRecords extends CacheGraph {

        private final CacheRecord[] records;

        OfRecords(CacheRecord[] records, List<RecordType> types) {
            super(records.length, types);
            this.records = records;
        }

        @Override
        public CacheRecord record(int number) {
            return records[number];
        }

        @Override
        protected String id(int number) {
            return records[number].id();
        }

        @Override
        protected @Nullable Instant touchedAt(int number) {
            return records[number].lastTouchedAt();
        }
    }

    /**
     * Sorts records by last use, or by creation if they were never used, then by number of uses, larger size first, and ID. The order is
     * therefore independent of the order that a builder lists them in. Records without a known time come last.
     *
     * <p>Sorting takes most of the time of planning. The method therefore first sorts plain numbers, which combine the second of the last
     * use with the index of the record. It compares only records with the same second in full.
     */
    private static CacheRecord[] leastRecentlyUsedFirst(Collection<CacheRecord> snapshot) {
        var given = snapshot.toArray(CacheRecord[]::new);
        if (given.length > MOST_RECORDS) {
            throw new IllegalArgumentException(
                    "The snapshot has " + given.length + " records, more than the limit of " + MOST_RECORDS);
        }
        var keys = new long[given.length];
        for (int i = 0; i < given.length; i++) {
            keys[i] = second(given[i]) << PLACE_BITS | i;
        }
        Arrays.sort(keys);
        var sorted = new CacheRecord[given.length];
        for (int i = 0; i < given.length; i++) {
            sorted[i] = given[(int) (keys[i] & MOST_RECORDS)];
        }
        for (int start = 0; start < keys.length; ) {
            int end = start + 1;
            while (end < keys.length && keys[end] >>> PLACE_BITS == keys[start] >>> PLACE_BITS) {
                end++;
            }
            if (end - start > 1) {
                Arrays.sort(sorted, start, end, WITHIN_A_SECOND);
            }
            start = end;
        }
        return sorted;
    }

    private static long second(CacheRecord record) {
        var touched = record.lastTouchedAt();
        return touched == null ? LATEST : Math.clamp(touched.getEpochSecond(), 0, LATEST - 1);
    }

    /** Returns the bytes of all records, or of all records that no image shares. */
    ByteSize bytes(boolean withShared) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (withShared || !shared[i]) {
                sum = Saturating.plus(sum, bytes[i]);
            }
        }
        return new ByteSize(sum);
    }

    /** Returns the number of records. */
    public int size() {
        return bytes.length;
    }

    /** Returns all records, in their order. */
    public List<CacheRecord> records() {
        return IntStream.range(0, size()).mapToObj(this::record).toList();
    }

    /** Returns the size of a record, in bytes. */
    long bytes(int number) {
        return bytes[number];
    }

    /** Returns the distinct types of the records. */
    List<RecordType> types() {
        return types;
    }

    /** Returns the index of its type in {@link #types()}. */
    int type(int number) {
        return type[number];
    }

    boolean shared(int number) {
        return shared[number];
    }

    boolean inUse(int number) {
        return inUse[number];
    }

    /** Returns whether a record can be deleted at all: it is not in use, and its ID can be passed to a builder. */
    boolean deletable(int number) {
        return !inUse[number] && nameable[number];
    }

    /** Returns the index of its first parent, for {@link #parentAt}. The graph contains only parents in the snapshot, each once. */
    int firstParent(int number) {
        return firstParent[number];
    }

    /** Returns the index after its last parent. */
    int endOfParents(int number) {
        return firstParent[number + 1];
    }

    /** Returns the number of the parent at an index. */
    int parentAt(int place) {
        return parents[place];
    }

    /** Returns the number of children of each record. */
    int[] childCounts() {
        var counts = new int[size()];
        for (int i = 0; i < firstParent[size()]; i++) {
            counts[parents[i]]++;
        }
        return counts;
    }
}
