package dev.cachewarden.prune.plan;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * The order in which BuildKit prunes: candidates have a rank by last use (never used is 0, the oldest time 1, each later one 1 more) and
 * one by number of uses (none is 0, the smallest other 1 …), each divided by the largest that is reached; the lowest sum goes first.
 * BuildKit ranks anew before each deletion. Its ties are in no order; here the least recently used is first.
 *
 * <p>Only the oldest candidate of each number of uses can be the lowest, and its rank is counted in a binary indexed tree, so that a
 * deletion costs the distinct numbers of uses times the logarithm of the records, instead of a sort of all candidates.
 */
final class BuildKitRanking {

    private final Planning planning;

    /** For each record the place of its last use among the distinct times of all, from 1; 0: never used. */
    private final int[] place;

    /** How many candidates there are of each time. */
    private final int[] ofTime;

    /** Binary indexed tree over the times that at least one candidate has. */
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

    private static int[] places(Planning planning) {
        var distinct = new TreeMap<Instant, Integer>();
        for (int i = 0; i < planning.size(); i++) {
            var used = planning.record(i).lastUsedAt();
            if (used != null) {
                distinct.put(used, 0);
            }
        }
        int next = 1;
        for (var entry : distinct.entrySet()) {
            entry.setValue(next++);
        }
        var places = new int[planning.size()];
        for (int i = 0; i < planning.size(); i++) {
            var used = planning.record(i).lastUsedAt();
            places[i] = used == null ? 0 : distinct.getOrDefault(used, 0);
        }
        return places;
    }

    void add(int number) {
        int time = place[number];
        if (time > 0 && ofTime[time]++ == 0) {
            times++;
            count(time, 1);
        }
        byUses.computeIfAbsent(planning.record(number).usageCount(), uses -> new PriorityQueue<>(oldestFirst()))
                .add(number);
    }

    private Comparator<Integer> oldestFirst() {
        return Comparator.<Integer>comparingInt(number -> place[number]).thenComparing(Comparator.naturalOrder());
    }

    /** Removes one that is the first of its number of uses, as the lowest is. */
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

    /** The candidate that goes next; -1: there is none. */
    int lowest() {
        int found = -1;
        double best = Double.POSITIVE_INFINITY;
        int mostUses = byUses.size() - (byUses.containsKey(0L) ? 1 : 0);
        // Where none was ever used BuildKit divides by zero, and what is not a number is neither less nor more: all are
        // equal.
        boolean ranked = times > 0 && mostUses > 0;
        int uses = 0;
        for (var entry : byUses.entrySet()) {
            if (entry.getKey() > 0) {
                uses++;
            }
            int head = entry.getValue().element();
            double score = ranked ? (double) timesUpTo(place[head]) / times + (double) uses / mostUses : 0;
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
