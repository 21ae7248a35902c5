package dev.cachewarden.build.analysis.size;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For each use how large a cache must be to have what is used, where the least recently used goes whenever a build ends.
 *
 * <p>What was used before within the same build is there in any cache. What was used in an earlier one is there if and only if, when the
 * last build before this one ended, there was room for it and for the bytes of all different things used after it. Of what one build used
 * the later counts as used before the earlier: a build uses parents before their children, and they cannot go before these.
 *
 * <p>One pass over the uses. A binary indexed tree holds the bytes of each thing at the place of its last use, so that the bytes since
 * then are a difference of two sums: O(n log n), n the number of uses. It stands still while a build runs and takes in its uses at the end.
 */
final class ReuseDistances {

    /** Instead of a distance: it was not used before. */
    static final long FIRST = -1;

    private final List<RecordUse> uses;
    private final double share;

    /** So that no sum overflows, whatever sizes are told. */
    private final long largest;

    private final long[] tree;
    private long all;

    /** Bytes at each place. */
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
     * In bytes; {@link #FIRST} where it was not used before.
     *
     * @param sample its uses oldest first
     * @param ends of builds, oldest first; what is used at that moment is used by the build that ends
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
            // The first use of a build takes the last of its places that are still free.
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

    /** For what stands at a place and all that was used after it. Of that only a share is in a sample. */
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
