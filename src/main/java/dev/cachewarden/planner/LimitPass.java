package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A rule pass that selects records in one of Cachewarden's own orders, stops at the limit, and never goes below the reserved space. */
final class LimitPass extends RulePass {

    /** The rebuild values of the records, or null if record numbers define the order, least recently used first. */
    private final @Nullable Cheapest cheapest;

    /** The records that could be deleted from the start, in the order of deletion. {@code seen} counts those already considered. */
    private final int[] first;

    private int seen;

    /** The records that became deletable when their children were selected. */
    private final PriorityQueue<Integer> freed = new PriorityQueue<>(this::inOrder);

    private final @Nullable ByteSize max;
    private final @Nullable ByteSize minFree;
    private final @Nullable ByteSize reserved;

    /** The number of the first record that is too recent to delete, or the number of all records. */
    private final int young;

    /** The limit in bytes, or null if there is no limit except the reserved space. */
    private final @Nullable Long limit;

    /** True if the limit results from the free space that the disk lacks, and not from the maximum used space. */
    private final boolean forTheDisk;

    /**
     * The rebuild values of the records that the rule selects.
     *
     * @param worth the value by record number; zero for records that the rule does not select
     */
    private record Cheapest(RebuildWorth values, double[] worth) {

        static Cheapest of(Planning planning, int[] numbers) {
            var records = Arrays.stream(numbers).mapToObj(planning::record).toList();
            var values = RebuildWorth.among(records, planning.rebuildTimes(), planning.now());
            double[] worth = new double[planning.size()];
            for (int number : numbers) {
                worth[number] = values.of(planning.record(number));
            }
            return new Cheapest(values, worth);
        }
    }

    LimitPass(Planning planning, int number, PruneRule rule) {
        super(planning, number, rule);
        this.young = firstUsedAfter(usedSince);
        var disk = planning.disk();
        this.max = rule.maxUsedSpace() == null ? null : rule.maxUsedSpace().on(disk);
        this.minFree = rule.minFreeSpace() == null ? null : rule.minFreeSpace().on(disk);
        this.reserved =
                rule.reservedSpace() == null ? null : rule.reservedSpace().on(disk);
        this.cheapest = rule.order() == EvictionOrder.CHEAPEST_TO_REBUILD ? Cheapest.of(planning, selected()) : null;
        this.first = cheapest == null ? candidates() : sorted(candidates());
        var room = roomOnDisk();
        this.forTheDisk = room != null && (max == null || room < max.bytes());
        this.limit = forTheDisk ? room : max == null ? null : Long.valueOf(max.bytes());
    }

    private int[] sorted(int[] numbers) {
        return Arrays.stream(numbers)
                .boxed()
                .sorted(this::inOrder)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Compares two records. Of records with equal value, the least recently used comes first. */
    private int inOrder(int one, int other) {
        int byWorth = cheapest == null ? 0 : Double.compare(cheapest.worth[one], cheapest.worth[other]);
        return byWorth == 0 ? Integer.compare(one, other) : byWorth;
    }

    private int firstUsedAfter(@Nullable Instant since) {
        if (since == null) {
            return planning.size();
        }
        int from = 0;
        int until = planning.size();
        while (from < until) {
            int middle = (from + until) >>> 1;
            var touched = planning.touchedAt(middle);
            if (touched == null || touched.isAfter(since)) {
                until = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /**
     * Returns how many bytes may be used so that enough of the disk is free. Returns null if the rule requires no free space or the disk is
     * unknown.
     */
    private @Nullable Long roomOnDisk() {
        var disk = planning.disk();
        if (minFree == null || disk == null) {
            return null;
        }
        long lacking = minFree.bytes() - Saturating.plus(disk.free().bytes(), planning.freedBytes());
        return lacking <= 0 ? Long.valueOf(Long.MAX_VALUE) : Long.valueOf(Math.max(0, used() - lacking));
    }

    @Override
    End takeAll() {
        while (true) {
            if (limit != null && used() <= limit) {
                return End.ENOUGH;
            }
            int next = next();
            if (next < 0) {
                return End.EXHAUSTED;
            }
            long counted = planning.freed(next);
            if (reserved != null && used() - counted < reserved.bytes()) {
                return End.FLOOR;
            }
            if (planning.beyondCeiling(next)) {
                return End.CEILING;
            }
            take(next, reasonFor(next), counted);
            forEachFreedParent(next, freed::add);
        }
    }

    /** Returns the next record in order, or -1 if there is none. */
    private int next() {
        var held = freed.peek();
        if (seen < first.length && (held == null || inOrder(first[seen], held) < 0)) {
            return first[seen++];
        }
        return held == null ? -1 : freed.remove();
    }

    private Reason.Taken reasonFor(int next) {
        var lack = lack();
        if (lack == null) {
            return unused(next);
        }
        return cheapest == null
                ? lack
                : new Reason.CheapestToRebuild(lack, cheapest.values.rebuildTime(planning.record(next)));
    }

    /** Returns the exceeded limit, or null if only the age of records matters. */
    private Reason.@Nullable NoRoom lack() {
        var used = new ByteSize(used());
        if (forTheDisk) {
            return new Reason.BelowMinFreeSpace(number, Objects.requireNonNull(minFree), used);
        }
        if (max != null) {
            return new Reason.AboveMaxUsedSpace(number, max, used);
        }
        return rule.unusedFor() == null && reserved != null
                ? new Reason.AboveReservedSpace(number, reserved, used)
                : null;
    }

    @Override
    Reason.Kept enough() {
        return forTheDisk || max == null
                ? new Reason.EnoughFreeSpace(number, Objects.requireNonNullElse(minFree, ByteSize.ZERO))
                : new Reason.UnderMaxUsedSpace(number, max);
    }

    @Override
    Reason.Kept floor() {
        return new Reason.ReservedFloor(number, Objects.requireNonNullElse(reserved, ByteSize.ZERO));
    }

    @Override
    boolean hasUnknownAge(int i) {
        return planning.touchedAt(i) == null;
    }

    /**
     * Returns whether a record is old enough. Records are in the order of their last use, and records without a time come last. Records
     * that are old enough therefore come first.
     */
    @Override
    boolean oldEnough(int i) {
        return i < young;
    }
}
