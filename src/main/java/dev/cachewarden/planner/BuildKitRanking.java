package dev.cachewarden.planner;

import java.time.Instant;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * BuildKit's order of deletion. Candidates have a rank by last use: 0 if never used, 1 for the oldest time, and 1 more for each later
 * time. They have a second rank by number of uses: 0 for none, 1 for the smallest other number, and so on. Each rank is divided by the
 * largest rank reached, and the record with the lowest sum is deleted first. BuildKit ranks the records again before each deletion. It does
 * not order ties; Cachewarden deletes the least recently used of them first.
 *
 * <p>Only the oldest candidate of each number of uses can be the lowest. A binary indexed tree counts its rank. A deletion therefore costs
 * the distinct numbers of uses times the logarithm of the records, instead of a sort of all candidates.
 */
final class BuildKitRanking {

    private final Planning planning;

    /** For each record, the position of its last use among the distinct times of all records, from 1; 0 if it was never used. */
    private final int[] place;

    /** The number of candidates with each time. */
    private final int[] ofTime;

    /** A binary indexed tree over the times that at least one candidate has. */
    private final int[] tree;

    private int times;
    private final TreeMap<Long, PriorityQueue<Integer>> byUses = new TreeMap<>();

    BuildKitRanking(Planning planning) {
        this.planning = planning;
        this.place = places(planning);
        int most = 0;
        for (int one : place) {
            most = Math.max(most, one);
        }
        this.ofTime = new int[most + 1];
        this.tree = new int[most + 1];
    }

    /** Counts the distinct times. Records are ordered by their last use, except those that were never used. */
    private static int[] places(Planning planning) {
        var places = new int[planning.size()];
        Instant previous = null;
        int place = 0;
        for (int i = 0; i < places.length; i++) {
            var used = planning.record(i).lastUsedAt();
            if (used != null) {
                if (!used.equals(previous)) {
                    place++;
                    previous = used;
                }
                places[i] = place;
            }
        }
        return places;
    }

    void add(int number) {
        int time = place[number];
        if (time > 0 && ofTime[time]++ == 0) {
            times++;
            count(time, 1);
        }
        byUses.computeIfAbsent(planning.record(number).usageCount(), uses -> new PriorityQueue<>(this::oldestFirst))
                .add(number);
    }

    private int oldestFirst(Integer one, Integer other) {
        int byTime = Integer.compare(place[one], place[other]);
        return byTime == 0 ? one.compareTo(other) : byTime;
    }

    /** Removes a record, which must be the first of its number of uses, as the lowest record is. */
    void remove(int number) {
        int time = place[number];
        if (time > 0 && --ofTime[time] == 0) {
            times--;
            count(time, -1);
        }
        long uses = planning.record(number).usageCount();
        var queue = byUses.get(uses);
        if (queue != null) {
            queue.remove(number);
            if (queue.isEmpty()) {
                byUses.remove(uses);
            }
        }
    }

    /** Returns the candidate to delete next, or -1 if there is none. */
    int lowest() {
        int found = -1;
        double best = Double.POSITIVE_INFINITY;
        int mostUses = byUses.size() - (byUses.containsKey(0L) ? 1 : 0);
        // If no record was ever used, BuildKit divides by zero. NaN is neither less nor greater than any number.
        // All records then rank equally.
        boolean ranked = times > 0 && mostUses > 0;
        int uses = 0;
        for (var entry : byUses.entrySet()) {
            if (entry.getKey() > 0) {
                uses++;
            }
            double byUse = ranked ? (double) uses / mostUses : 0;
            if (byUse > best) {
                break;
            }
            int head = entry.getValue().element();
            double score = ranked ? (double) timesUpTo(place[head]) / times + byUse : 0;
            if (score < best || (score == best && head < found)) {
                best = score;
                found = head;
            }
        }
        return found;
    }

    private void count(int time, int change) {
        for (int i = time; i < tree.length; i += i & -i) {
            tree[i] += change;
        }
    }

    private int timesUpTo(int time) {
        int sum = 0;
        for (int i = time; i > 0; i -= i & -i) {
            sum += tree[i];
        }
        return sum;
    }
}
