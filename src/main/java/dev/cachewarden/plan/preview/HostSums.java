package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.preview.PolicyPreview.Sample;
import dev.cachewarden.planner.PruneDecisions;
import dev.cachewarden.planner.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/** Totals and samples of proposals. Their size does not depend on the size of the caches. */
final class HostSums {

    private static final int SAMPLES = 20;
    private static final Comparator<Sample> SMALLEST_FIRST =
            Comparator.comparingLong(Sample::bytes).thenComparing(Sample::id, Comparator.reverseOrder());

    final SortedMap<Integer, Amount> byRule = new TreeMap<>();
    final SortedMap<RecordType, Amount> byType = new TreeMap<>();
    final SortedMap<String, Amount> keptByReason = new TreeMap<>();
    private final PriorityQueue<Sample> deleted = new PriorityQueue<>(SMALLEST_FIRST);
    private final PriorityQueue<Sample> kept = new PriorityQueue<>(SMALLEST_FIRST);
    private Amount deletedAmount = Amount.NONE;
    private Amount keptAmount = Amount.NONE;

    /** The sizes below which a host can skip records as samples, because other hosts have enough larger ones. */
    record Bars(LargestSizes deleted, LargestSizes kept) {

        Bars() {
            this(new LargestSizes(SAMPLES), new LargestSizes(SAMPLES));
        }
    }

    static HostSums of(WatchedHost host, PruneDecisions decisions, Bars bars) {
        var byRule = new Tally<Integer>();
        var byType = new Tally<RecordType>();
        var byReason = new Tally<String>();
        var sums = new HostSums();
        for (int i = 0; i < decisions.size(); i++) {
            long bytes = decisions.bytes(i);
            var taken = decisions.taken(i);
            if (taken == null) {
                byReason.add(decisions.keptCode(i), bytes);
                if (mayBeSample(bytes, sums.kept, bars.kept)) {
                    add(sums.kept, sample(host, decisions.record(i), decisions.kept(i)));
                }
            } else {
                byRule.add(taken.rule(), bytes);
                byType.add(decisions.type(i), bytes);
                if (mayBeSample(bytes, sums.deleted, bars.deleted)) {
                    add(sums.deleted, sample(host, decisions.record(i), taken));
                }
            }
        }
        sums.deletedAmount = byRule.moveTo(sums.byRule);
        byType.moveTo(sums.byType);
        sums.keptAmount = byReason.moveTo(sums.keptByReason);
        return sums;
    }

    /** The numbers and sizes of records by a key. */
    private static final class Tally<K extends Comparable<K>> {

        private final Map<K, long[]> sums = new HashMap<>();

        void add(K key, long bytes) {
            var sum = sums.get(key);
            if (sum == null) {
                sum = new long[2];
                sums.put(key, sum);
            }
            sum[0]++;
            sum[1] = sum[1] + bytes < 0 ? Long.MAX_VALUE : sum[1] + bytes;
        }

        /** Moves the totals to the map, and returns their sum. */
        Amount moveTo(SortedMap<K, Amount> target) {
            var all = Amount.NONE;
            for (var one : sums.entrySet()) {
                var amount = new Amount(one.getValue()[0], new ByteSize(one.getValue()[1]));
                target.put(one.getKey(), amount);
                all = plus(all, amount);
            }
            return all;
        }
    }

    /** Adds two amounts. The sum of sizes that a builder reports falsely can overflow. */
    private static Amount plus(Amount one, Amount other) {
        long bytes = one.size().bytes() + other.size().bytes();
        return new Amount(one.records() + other.records(), new ByteSize(bytes < 0 ? Long.MAX_VALUE : bytes));
    }

    private static boolean mayBeSample(long bytes, PriorityQueue<Sample> samples, LargestSizes bar) {
        var smallest = samples.peek();
        return (samples.size() < SAMPLES || smallest == null || bytes > smallest.bytes()) && bar.admits(bytes);
    }

    private static Sample sample(WatchedHost host, CacheRecord record, Reason reason) {
        return new Sample(
                host.id(),
                host.name(),
                record.id(),
                record.type(),
                record.description(),
                record.size().bytes(),
                record.lastUsedAt(),
                reason.text());
    }

    private static void add(PriorityQueue<Sample> samples, Sample sample) {
        samples.add(sample);
        if (samples.size() > SAMPLES) {
            samples.poll();
        }
    }

    void add(HostSums other) {
        deletedAmount = plus(deletedAmount, other.deletedAmount);
        keptAmount = plus(keptAmount, other.keptAmount);
        other.byRule.forEach((rule, amount) -> byRule.merge(rule, amount, HostSums::plus));
        other.byType.forEach((type, amount) -> byType.merge(type, amount, HostSums::plus));
        other.keptByReason.forEach((code, amount) -> keptByReason.merge(code, amount, HostSums::plus));
        other.deleted.forEach(sample -> add(deleted, sample));
        other.kept.forEach(sample -> add(kept, sample));
    }

    Amount deletedAmount() {
        return deletedAmount;
    }

    Amount keptAmount() {
        return keptAmount;
    }

    List<Sample> deleted() {
        return largestFirst(deleted);
    }

    List<Sample> kept() {
        return largestFirst(kept);
    }

    private static List<Sample> largestFirst(PriorityQueue<Sample> samples) {
        var sorted = new ArrayList<>(samples);
        sorted.sort(SMALLEST_FIRST.reversed());
        return sorted;
    }
}
