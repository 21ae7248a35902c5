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
 * @param goes records to delete, in the order of deletion: every record after all its children
 * @param stays records to keep, in an order without meaning that is the same for the same snapshot
 * @param limitPerRun the limit per run in bytes
 */
public record PruneProposal(Instant now, List<Going> goes, List<Staying> stays, ByteSize limitPerRun) {

    public PruneProposal {
        goes = List.copyOf(goes);
        stays = List.copyOf(stays);
    }

    /** A record to delete. */
    public record Going(CacheRecord record, Reason.Taken reason) {}

    /** A record to keep. */
    public record Staying(CacheRecord record, Reason.Kept reason) {}

    public Amount going() {
        return sum(goes.stream().map(Going::record).toList());
    }

    public Amount staying() {
        return sum(stays.stream().map(Staying::record).toList());
    }

    /** Returns the records to delete, in the order of type names. */
    public SortedMap<RecordType, Amount> goingByType() {
        return grouped(goes, going -> going.record().type(), Going::record);
    }

    /** Returns the records to keep by {@link Reason#code()}, in the order of the codes. */
    public SortedMap<String, Amount> stayingByReason() {
        return grouped(stays, staying -> staying.reason().code(), Staying::record);
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
