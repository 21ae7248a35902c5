package dev.cachewarden.prune.plan;

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
 * The records of a snapshot by number, least recently used first, with what builds on what. The figures that planning reads of every record
 * are columns. The records themselves may be made when they are asked for.
 *
 * <p>Parents that are not in the snapshot are left out: whatever they are, they are not ours to delete. A cycle, which no builder
 * makes, leaves its records with children for ever.
 */
public abstract class CacheGraph {

    private static final int LONGEST_ID = 128;

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

    /** Places among the types there are. */
    private final int[] type;

    /** For each record the place of its first parent in {@code parents}; those of the next one follow them. */
    private final int[] firstParent;

    private int[] parents;
    private int count;

    /**
     * Makes a graph without records, which {@link #add} and {@link #addParent} fill.
     *
     * @param size the number of records that will be added
     * @param types of all of them
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
     * Adds the next record; they come in the order of {@link #of}.
     *
     * @param typePlace the place of its type among all types
     * @param idUsable see {@link #usable}
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

    /** Adds a parent of the record that was added last, unless it has it already. */
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

    /** Returns its id. */
    protected abstract String id(int number);

    /** Returns when it was last used, or came to be where it never was used, or null if neither is known. */
    protected abstract @Nullable Instant touchedAt(int number);

    /**
     * Returns the graph of these records, in whatever order they come.
     *
     * @throws IllegalArgumentException if two records have the same id, so that an order to delete would be ambiguous
     */
    public static CacheGraph of(Collection<CacheRecord> snapshot) {
        var records = leastRecentlyUsedFirst(snapshot);
        var numbers = new HashMap<String, Integer>(records.length * 2);
        var places = new LinkedHashMap<RecordType, Integer>();
        for (int i = 0; i < records.length; i++) {
            if (numbers.put(records[i].id(), i) != null) {
                throw new IllegalArgumentException("The snapshot has two records with the id " + records[i].id());
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
                    usable(record.id()));
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

    /** Whether it is an id as BuildKit makes them. Ids are put into filters; with anything else in one a filter could match more. */
    public static boolean usable(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return id.length() <= LONGEST_ID;
    }

    /**
     * By last use, or creation where never used, then by number of uses, larger before smaller, and by id, so that the order is the same
     * whatever order a builder answers in. Where no time is told, last.
     *
     * <p>Sorting is most of the time of planning. So plain numbers are sorted first, the second of the last touch with the place of the
     * record behind it, and only what shares a second is compared in full.
     */
    private static CacheRecord[] leastRecentlyUsedFirst(Collection<CacheRecord> snapshot) {
        var given = snapshot.toArray(CacheRecord[]::new);
        if (given.length > MOST_RECORDS) {
            throw new IllegalArgumentException(
                    "The snapshot has " + given.length + " records; " + MOST_RECORDS + " are the most");
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

    /** The bytes of all records, or of all that no image shares. */
    ByteSize bytes(boolean withShared) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (withShared || !shared[i]) {
                sum = Saturating.plus(sum, bytes[i]);
            }
        }
        return new ByteSize(sum);
    }

    /** Returns how many records there are. */
    public int size() {
        return bytes.length;
    }

    /** All records, in their order. */
    public List<CacheRecord> records() {
        return IntStream.range(0, size()).mapToObj(this::record).toList();
    }

    /** Its size, in bytes. */
    long bytes(int number) {
        return bytes[number];
    }

    /** All types there are. */
    List<RecordType> types() {
        return types;
    }

    /** The place of its type among {@link #types()}. */
    int type(int number) {
        return type[number];
    }

    boolean shared(int number) {
        return shared[number];
    }

    boolean inUse(int number) {
        return inUse[number];
    }

    /** Whether it can go at all: not in use, and with an id that can be named to a builder. */
    boolean deletable(int number) {
        return !inUse[number] && nameable[number];
    }

    /** The place of its first parent, for {@link #parentAt}; only those that are in the snapshot, without repeats. */
    int firstParent(int number) {
        return firstParent[number];
    }

    /** The place after its last parent. */
    int endOfParents(int number) {
        return firstParent[number + 1];
    }

    /** The number of the parent at a place. */
    int parentAt(int place) {
        return parents[place];
    }

    /** How many records build on each. */
    int[] childCounts() {
        var counts = new int[size()];
        for (int i = 0; i < firstParent[size()]; i++) {
            counts[parents[i]]++;
        }
        return counts;
    }
}
