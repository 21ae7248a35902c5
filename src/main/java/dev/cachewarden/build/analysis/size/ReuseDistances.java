package dev.cachewarden.build.analysis.size;

import dev.cachewarden.buildcache.ByteSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For each use of something used before the bytes of all different things used since. A cache that evicts the least recently used still had
 * it if and only if there was room for these and for itself: they are what is above it in the order of last use.
 *
 * <p>One pass over the uses. A binary indexed tree holds the bytes of each thing at the place of its last use, so that the bytes since
 * then are a difference of two sums: O(n log n), n the number of uses.
 */
final class ReuseDistances {

    private static final int FIRST = -1;

    private final long[] tree;
    private long all;

    private ReuseDistances(int uses) {
        this.tree = new long[uses + 1];
    }

    /** @param uses oldest first. Returns for each the distance in bytes; negative: it was not used before */
    static long[] of(List<RecordUse> uses) {
        var distances = new ReuseDistances(uses.size());
        // So that no sum overflows, whatever sizes are told.
        long largest = Long.MAX_VALUE / (uses.size() + 1L);
        long[] found = new long[uses.size()];
        Map<String, Integer> last = new HashMap<>();
        long[] sizes = new long[uses.size()];
        for (int i = 0; i < found.length; i++) {
            var use = uses.get(i);
            sizes[i] = size(use.size(), largest);
            Integer before = last.put(use.content(), i);
            found[i] = before == null ? FIRST : distances.since(before);
            if (before != null) {
                distances.add(before, -sizes[before]);
            }
            distances.add(i, sizes[i]);
        }
        return found;
    }

    private static long size(ByteSize size, long largest) {
        return Math.min(size.bytes(), largest);
    }

    /** Of what was last used after a place. */
    private long since(int place) {
        long until = 0;
        for (int i = place + 1; i > 0; i -= i & -i) {
            until += tree[i];
        }
        return all - until;
    }

    private void add(int place, long bytes) {
        all += bytes;
        for (int i = place + 1; i < tree.length; i += i & -i) {
            tree[i] += bytes;
        }
    }
}
