package dev.cachewarden.analytics;

import java.util.List;

/**
 * A sample of a long trace that preserves reuse distances. It contains all uses of some contents, selected by a hash of their names
 * (SHARDS: Waldspurger and others, FAST 2015). Distances in the sample are the same share of the true distances.
 *
 * @param share share of contents in the sample, above 0 and up to 1
 * @param trace number of uses in the whole trace
 */
record Sample(List<RecordUse> uses, double share, long trace) {

    /** The maximum number of uses without sampling. They take some tens of megabytes and about one second. */
    static final int LONGEST = 1_000_000;

    private static final long SLOTS = 1L << 24;

    static Sample of(List<RecordUse> trace, int longest) {
        if (trace.size() <= longest) {
            return new Sample(trace, 1, trace.size());
        }
        long slots = Math.max(1, SLOTS * longest / trace.size());
        var uses = trace.stream().filter(use -> slot(use.content()) < slots).toList();
        return new Sample(uses, (double) slots / SLOTS, trace.size());
    }

    /** Hashes with FNV-1a and the final steps of MurmurHash3, because the low bits of either alone are not uniform enough. */
    private static long slot(String content) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < content.length(); i++) {
            hash = (hash ^ content.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ (hash >>> 33)) & (SLOTS - 1);
    }

    /**
     * Returns the number of uses that the sample lacks for its share, because some contents are used much more than others. These uses
     * count as hits of the smallest cache (SHARDS-adj).
     */
    double lacking() {
        return trace * share - uses.size();
    }
}
