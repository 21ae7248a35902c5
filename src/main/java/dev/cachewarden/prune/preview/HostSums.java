package dev.cachewarden.prune.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.plan.PruneProposal;
import dev.cachewarden.prune.plan.Reason;
import dev.cachewarden.prune.preview.PolicyPreview.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums and samples of proposals, small however large the caches are. */
final class HostSums {

    private static final int SAMPLES = 20;
    private static final Comparator<Sample> SMALLEST_FIRST =
            Comparator.comparingLong(Sample::bytes).thenComparing(Sample::id, Comparator.reverseOrder());

    final SortedMap<Integer, Amount> byRule = new TreeMap<>();
    final SortedMap<RecordType, Amount> byType = new TreeMap<>();
    final SortedMap<String, Amount> keptByReason = new TreeMap<>();
    private final PriorityQueue<Sample> deleted = new PriorityQueue<>(SMALLEST_FIRST);
    private final PriorityQueue<Sample> kept = new PriorityQueue<>(SMALLEST_FIRST);
    private Amount going = Amount.NONE;
    private Amount staying = Amount.NONE;

    static HostSums of(WatchedHost host, PruneProposal proposal) {
        var sums = new HostSums();
        for (var one : proposal.goes()) {
            var amount = new Amount(1, one.record().size());
            sums.going = plus(sums.going, amount);
            sums.byRule.merge(one.reason().rule(), amount, HostSums::plus);
            sums.byType.merge(one.record().type(), amount, HostSums::plus);
            sample(sums.deleted, host, one.record(), one.reason());
        }
        for (var one : proposal.stays()) {
            var amount = new Amount(1, one.record().size());
            sums.staying = plus(sums.staying, amount);
            sums.keptByReason.merge(one.reason().code(), amount, HostSums::plus);
            sample(sums.kept, host, one.record(), one.reason());
        }
        return sums;
    }

    /** Sizes a builder lies about may add up to more than there is. */
    private static Amount plus(Amount one, Amount other) {
        long bytes = one.size().bytes() + other.size().bytes();
        return new Amount(one.records() + other.records(), new ByteSize(bytes < 0 ? Long.MAX_VALUE : bytes));
    }

    private static void sample(PriorityQueue<Sample> samples, WatchedHost host, CacheRecord record, Reason reason) {
        var smallest = samples.peek();
        if (samples.size() < SAMPLES || smallest == null || record.size().bytes() > smallest.bytes()) {
            add(
                    samples,
                    new Sample(
                            host.id(),
                            host.name(),
                            record.id(),
                            record.type(),
                            record.description(),
                            record.size().bytes(),
                            record.lastUsedAt(),
                            reason.text()));
        }
    }

    private static void add(PriorityQueue<Sample> samples, Sample sample) {
        samples.add(sample);
        if (samples.size() > SAMPLES) {
            samples.poll();
        }
    }

    void add(HostSums other) {
        going = plus(going, other.going);
        staying = plus(staying, other.staying);
        other.byRule.forEach((rule, amount) -> byRule.merge(rule, amount, HostSums::plus));
        other.byType.forEach((type, amount) -> byType.merge(type, amount, HostSums::plus));
        other.keptByReason.forEach((code, amount) -> keptByReason.merge(code, amount, HostSums::plus));
        other.deleted.forEach(sample -> add(deleted, sample));
        other.kept.forEach(sample -> add(kept, sample));
    }

    Amount going() {
        return going;
    }

    Amount staying() {
        return staying;
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
