package dev.cachewarden.simulator.cache;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The order in which BuildKit prunes down to a limit: by the sum of two ranks, how long ago a record was used and how seldom. Ranks
 * count distinct values and not their distances; size plays no part.
 */
final class PruneRank {

    private final TreeMap<Long, Integer> byTime = new TreeMap<>();
    private final TreeMap<Integer, Integer> byCount = new TreeMap<>();

    private PruneRank(List<SimulatedRecord> candidates) {
        for (var record : candidates) {
            byTime.put(record.lastUsedAt, 0);
            byCount.put(record.usageCount, 0);
        }
        // Rank one is for never: the oldest real use ranks second, even where no record was never used.
        byTime.put(SimulatedRecord.NEVER, 0);
        byCount.put(0, 0);
        number(byTime);
        number(byCount);
    }

    /** The record to go next. */
    static SimulatedRecord lowest(List<SimulatedRecord> candidates) {
        var ranks = new PruneRank(candidates);
        var lowest = candidates.getFirst();
        double score = ranks.score(lowest);
        for (var record : candidates) {
            double other = ranks.score(record);
            if (other < score) {
                lowest = record;
                score = other;
            }
        }
        return lowest;
    }

    private double score(SimulatedRecord record) {
        return (double) byTime.getOrDefault(record.lastUsedAt, 1) / byTime.size()
                + (double) byCount.getOrDefault(record.usageCount, 1) / byCount.size();
    }

    private static <K> void number(SortedMap<K, Integer> ranks) {
        int rank = 0;
        for (var entry : ranks.entrySet()) {
            entry.setValue(++rank);
        }
    }
}
