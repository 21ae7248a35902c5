package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The records that a prune would delete and keep. Each record of a snapshot is in exactly one of the two lists.
 *
 * @param now the time to which ages were calculated
 * @param deletions records to delete, in the order of deletion: every record after all its children
 * @param kept records to keep, in an order without meaning that is the same for the same snapshot
 * @param limitPerRun the limit per run in bytes
 */
public record PruneProposal(Instant now, List<Deletion> deletions, List<Kept> kept, ByteSize limitPerRun) {

    public PruneProposal {
        deletions = List.copyOf(deletions);
        kept = List.copyOf(kept);
    }

    /** A record to delete. */
    public record Deletion(CacheRecord record, Reason.Taken reason) {}

    /** A record to keep. */
    public record Kept(CacheRecord record, Reason.Kept reason) {}

    public Amount deletedAmount() {
        return sum(deletions.stream().map(Deletion::record).toList());
    }

    public Amount keptAmount() {
        return sum(kept.stream().map(Kept::record).toList());
    }

    /** Returns the records to delete, in the order of type names. */
    public SortedMap<RecordType, Amount> deletedByType() {
        return grouped(deletions, deletion -> deletion.record().type(), Deletion::record);
    }

    /** Returns the records to keep by {@link Reason#code()}, in the order of the codes. */
    public SortedMap<String, Amount> keptByReason() {
        return grouped(kept, one -> one.reason().code(), Kept::record);
    }

    private static Amount sum(Collection<CacheRecord> records) {
        return records.stream().map(PruneProposal::amount).reduce(Amount.NONE, PruneProposal::plus);
    }

    private static <K extends Comparable<K>, T> SortedMap<K, Amount> grouped(
            List<T> decisions, Function<T, K> key, Function<T, CacheRecord> record) {
        var sums = new TreeMap<K, Amount>();
        for (var decision : decisions) {
            sums.merge(key.apply(decision), amount(record.apply(decision)), PruneProposal::plus);
        }
        return sums;
    }

    private static Amount amount(CacheRecord record) {
        return new Amount(1, record.size());
    }

    private static Amount plus(Amount one, Amount other) {
        long bytes = Saturating.plus(one.size().bytes(), other.size().bytes());
        return new Amount(one.records() + other.records(), new ByteSize(bytes));
    }
}
