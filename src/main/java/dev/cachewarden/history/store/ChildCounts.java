package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;

/** How many records of one reading build on each. Ids take 64 bits each; among the records of a builder these are as good as unique. */
final class ChildCounts {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** The IDs of the records that have children, in ascending order. */
    private final long[] ids;

    private final int[] counts;

    private ChildCounts(long[] ids, int[] counts) {
        this.ids = ids;
        this.counts = counts;
    }

    static ChildCounts of(Collection<CacheRecord> records) {
        var byId = new HashMap<Long, Integer>();
        for (var record : records) {
            var parents = record.parents().size() < 2 ? record.parents() : new HashSet<>(record.parents());
            parents.forEach(parent -> byId.merge(hash(parent), 1, Integer::sum));
        }
        long[] ids = byId.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        var counts = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            counts[i] = byId.getOrDefault(ids[i], 0);
        }
        return new ChildCounts(ids, counts);
    }

    /** Returns how many records build on the one with this id. */
    int of(String id) {
        int place = Arrays.binarySearch(ids, hash(id));
        return place < 0 ? 0 : counts[place];
    }

    /** Returns the size in memory, in bytes. */
    long bytes() {
        return (long) ids.length * (Long.BYTES + Integer.BYTES);
    }

    private static long hash(String id) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
