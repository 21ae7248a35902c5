package dev.cachewarden.build.analysis.size;

import java.util.List;

/**
 * A share of a long trace that still tells reuse distances: all uses of some contents, chosen by a hash of their names (SHARDS: Waldspurger
 * and others, FAST 2015). Distances in it are that share of the true ones.
 *
 * @param share from above 0 to 1
 * @param trace how many uses there are in all
 */
record Sample(List<RecordUse> uses, double share, long trace) {

    /** Some tens of megabytes and a second. */
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

    /** FNV-1a, then the last steps of MurmurHash3: the low bits of either alone are not even enough. */
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
     * By how many uses the chosen contents fall short of their share, as some are used much more than others. They count as hits of the
     * smallest cache (SHARDS-adj).
     */
    double lacking() {
        return trace * share - uses.size();
    }
}
