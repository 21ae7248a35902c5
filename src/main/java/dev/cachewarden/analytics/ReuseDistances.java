package dev.cachewarden.analytics;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reuse distance of each use: the smallest cache that still holds the record when it is used. The cache evicts the least recently used
 * records whenever a build ends.
 *
 * <p>A cache of any size holds a record that was used before in the same build. A record from an earlier build remains if and only if there
 * was room for it and for the bytes of all distinct records used after it. This counts at the end of the last build before the current one.
 * Among the records of one build, a later use counts as before an earlier one. A build uses parents before their children, and parents
 * cannot be deleted before them.
 *
 * <p>The algorithm takes one pass over the uses. A binary indexed tree stores the bytes of each record at the place of its last use. So the
 * bytes since then are a difference of two sums. For n uses, this takes O(n log n). The tree stays unchanged during a build and receives
 * the uses of the build at its end.
 */
final class ReuseDistances {

    /** The distance of a record that was not used before. */
    static final long FIRST = -1;

    private final List<RecordUse> uses;
    private final double share;

    /** The maximum size that counts for one record, so that no sum overflows for any reported size. */
    private final long largest;

    private final long[] tree;
    private long all;

    /** The bytes at each place. */
    private final long[] held;

    private final Map<String, Integer> places = new HashMap<>();
    private final long[] found;

    private ReuseDistances(Sample sample) {
        this.uses = sample.uses();
        this.share = sample.share();
        this.largest = Long.MAX_VALUE / (uses.size() + 1L);
        this.tree = new long[uses.size() + 1];
        this.held = new long[uses.size()];
        this.found = new long[uses.size()];
    }

    /**
     * Returns the distance of each use in bytes, or {@link #FIRST} if the record was not used before.
     *
     * @param sample sample with uses, oldest first
     * @param ends ends of builds, oldest first; a use at the same moment belongs to the build that ends
     */
    static long[] of(Sample sample, List<Instant> ends) {
        var distances = new ReuseDistances(sample);
        var uses = sample.uses();
        int end = 0;
        int from = 0;
        while (from < uses.size()) {
            while (end < ends.size() && ends.get(end).isBefore(uses.get(from).at())) {
                end++;
            }
            int until = from + 1;
            while (until < uses.size()
                    && (end == ends.size() || !uses.get(until).at().isAfter(ends.get(end)))) {
                until++;
            }
            distances.build(from, until);
            from = until;
        }
        return distances.found;
    }

    private void build(int from, int until) {
        int[] before = new int[until - from];
        Arrays.fill(before, -1);
        for (int i = from; i < until; i++) {
            // The first use in a build takes the last free place of that build.
            int place = from + until - 1 - i;
            Integer old = places.putIfAbsent(uses.get(i).content(), place);
            if (old == null) {
                found[i] = FIRST;
                held[place] = size(i);
            } else if (old < from) {
                found[i] = room(old);
                before[i - from] = old;
                places.put(uses.get(i).content(), place);
                held[place] = size(i);
            }
        }
        for (int old : before) {
            if (old >= 0) {
                add(old, -held[old]);
            }
        }
        for (int place = from; place < until; place++) {
            add(place, held[place]);
        }
    }

    private long size(int use) {
        return Math.min(uses.get(use).size().bytes(), largest);
    }

    /** Returns the room for the record at a place and for all records used after it. The sample contains only a share of the latter. */
    private long room(int place) {
        long until = 0;
        for (int i = place + 1; i > 0; i -= i & -i) {
            until += tree[i];
        }
        long others = Math.round((all - until) / share);
        return others > Long.MAX_VALUE - held[place] ? Long.MAX_VALUE : others + held[place];
    }

    private void add(int place, long bytes) {
        all += bytes;
        for (int i = place + 1; i < tree.length; i += i & -i) {
            tree[i] += bytes;
        }
    }
}
