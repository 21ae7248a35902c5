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
import java.util.Map;

/**
 * The records of a snapshot by number, least recently used first, with what builds on what.
 *
 * <p>Parents that are not in the snapshot are left out: whatever they are, they are not ours to delete. A cycle, which no builder
 * makes, leaves its records with children for ever.
 */
final class CacheGraph {

    private static final int[] NONE = {};
    private static final int LONGEST_ID = 128;

    private static final int PLACE_BITS = 24;
    private static final int MOST_RECORDS = (1 << PLACE_BITS) - 1;
    private static final long LATEST = (1L << 38) - 1;

    private static final Comparator<CacheRecord> WITHIN_A_SECOND = Comparator.comparing(
                    CacheRecord::lastTouchedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparingLong(CacheRecord::usageCount)
            .thenComparing(CacheRecord::size, Comparator.reverseOrder())
            .thenComparing(CacheRecord::id);

    private final CacheRecord[] records;
    private final boolean[] deletable;
    private final int[][] parents;

    // What each rule asks of every record lies side by side: the records themselves are all over the heap.
    private final long[] bytes;
    private final boolean[] shared;

    /** Places among the types there are. */
    private final int[] type;

    private final List<RecordType> types;

    private CacheGraph(CacheRecord[] records, int[][] parents) {
        this.records = records;
        this.deletable = new boolean[records.length];
        this.bytes = new long[records.length];
        this.shared = new boolean[records.length];
        this.type = new int[records.length];
        var places = new LinkedHashMap<RecordType, Integer>();
        for (int i = 0; i < records.length; i++) {
            deletable[i] = !records[i].inUse() && usable(records[i].id());
            bytes[i] = records[i].size().bytes();
            shared[i] = records[i].shared();
            type[i] = place(records[i].type(), places);
        }
        this.types = List.copyOf(places.keySet());
        this.parents = parents;
    }

    private static int place(RecordType type, Map<RecordType, Integer> places) {
        var known = places.putIfAbsent(type, places.size());
        return known == null ? places.size() - 1 : known;
    }

    /** @throws IllegalArgumentException if two records have the same id, so that an order to delete would be ambiguous */
    static CacheGraph of(Collection<CacheRecord> snapshot) {
        var records = leastRecentlyUsedFirst(snapshot);
        var numbers = new HashMap<String, Integer>(records.length * 2);
        for (int i = 0; i < records.length; i++) {
            if (numbers.put(records[i].id(), i) != null) {
                throw new IllegalArgumentException("The snapshot has two records with the id " + records[i].id());
            }
        }
        var parents = new int[records.length][];
        for (int i = 0; i < records.length; i++) {
            parents[i] = numbersOf(records[i].parents(), numbers);
        }
        return new CacheGraph(records, parents);
    }

    /** Whether it is an id as BuildKit makes them. Ids are put into filters; with anything else in one a filter could match more. */
    private static boolean usable(String id) {
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

    private static int[] numbersOf(List<String> ids, Map<String, Integer> numbers) {
        if (ids.isEmpty()) {
            return NONE;
        }
        int[] found = new int[ids.size()];
        int count = 0;
        for (String id : ids) {
            var number = numbers.get(id);
            if (number != null && !contains(found, count, number)) {
                found[count++] = number;
            }
        }
        return count == found.length ? found : Arrays.copyOf(found, count);
    }

    /** Records have few parents, so that looking through them beats a set. */
    private static boolean contains(int[] numbers, int count, int number) {
        for (int i = 0; i < count; i++) {
            if (numbers[i] == number) {
                return true;
            }
        }
        return false;
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

    int size() {
        return records.length;
    }

    CacheRecord record(int number) {
        return records[number];
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

    /** Whether it can go at all: not in use, and with an id that can be named to a builder. */
    boolean deletable(int number) {
        return deletable[number];
    }

    /** Numbers of the parents that are in the snapshot, without repeats. */
    int[] parents(int number) {
        return parents[number];
    }

    /** How many records build on each. */
    int[] childCounts() {
        var counts = new int[records.length];
        for (int[] ofOne : parents) {
            for (int parent : ofOne) {
                counts[parent]++;
            }
        }
        return counts;
    }
}
