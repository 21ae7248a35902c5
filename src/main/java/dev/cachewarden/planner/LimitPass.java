package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A rule pass that selects records in one of Cachewarden's own orders, stops at the limit, and never goes below the reserved space. */
final class LimitPass extends RulePass {

    private final Order order;

    /** The records that could be deleted from the start, in the order of deletion. {@code seen} counts those already considered. */
    private final int[] first;

    private int seen;

    /** The records that became deletable when their children were selected. */
    private final PriorityQueue<Integer> freed;

    private final @Nullable ByteSize max;
    private final @Nullable ByteSize free;
    private final @Nullable ByteSize reserved;

    /** The number of the first record that is too recent to delete, or the number of all records. */
    private final int young;

    /** The limit in bytes, or null if there is no limit except the reserved space. */
    private final @Nullable Long limit;

    /** True if the limit results from the free space that the disk lacks, and not from the maximum used space. */
    private final boolean forTheDisk;

    /** The order of the records that the rule selects. */
    private sealed interface Order {

        /** Compares two records by number. The one that is deleted first comes first. */
        int compare(int one, int other);

        /** Returns ascending record numbers in this order. */
        int[] sorted(int[] numbers);

        /** Returns the reason to delete a record because of a limit. */
        Reason.Taken reason(Reason.NoRoom lack, int number);
    }

    /** The order of record numbers. */
    private record LeastRecentlyUsed() implements Order {

        @Override
        public int compare(int one, int other) {
            return Integer.compare(one, other);
        }

        @Override
        public int[] sorted(int[] numbers) {
            return numbers;
        }

        @Override
        public Reason.Taken reason(Reason.NoRoom lack, int number) {
            return lack;
        }
    }

    /**
     * The order of rebuild values. Of records with equal value, the least recently used comes first.
     *
     * @param worth the value by record number; zero for records that the rule does not select
     */
    private record Cheapest(Planning planning, RebuildWorth values, double[] worth) implements Order {

        @Override
        public int compare(int one, int other) {
            int byWorth = Double.compare(worth[one], worth[other]);
            return byWorth == 0 ? Integer.compare(one, other) : byWorth;
        }

        @Override
        public int[] sorted(int[] numbers) {
            return Arrays.stream(numbers)
                    .boxed()
                    .sorted(this::compare)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        @Override
        public Reason.Taken reason(Reason.NoRoom lack, int number) {
            return new Reason.CheapestToRebuild(lack, values.rebuildTime(planning.record(number)));
        }

        static Cheapest of(Planning planning, int[] numbers) {
            var records = Arrays.stream(numbers).mapToObj(planning::record).toList();
            var values = RebuildWorth.among(records, planning.rebuildTimes(), planning.now());
            double[] worth = new double[planning.size()];
            for (int number : numbers) {
                worth[number] = values.of(planning.record(number));
            }
            return new Cheapest(planning, values, worth);
        }
    }

    LimitPass(Planning planning, int number, PruneRule rule) {
        super(planning, number, rule);
        this.young = firstUsedAfter(usedSince);
        var disk = planning.disk();
        var limits = rule.limits().on(disk);
        this.max = limits.used();
        this.free = limits.free();
        this.reserved = limits.reserved();
        this.order = switch (rule.order()) {
            case CHEAPEST_TO_REBUILD -> Cheapest.of(planning, selected());
            case LEAST_RECENTLY_USED, BUILDKIT -> new LeastRecentlyUsed();
        };
        this.freed = new PriorityQueue<>(order::compare);
        this.first = order.sorted(candidates());
        var room = roomOnDisk();
        this.forTheDisk = room != null && (max == null || room < max.bytes());
        this.limit = forTheDisk ? room : max == null ? null : Long.valueOf(max.bytes());
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
        if (free == null || disk == null) {
            return null;
        }
        long lacking = free.bytes() - Saturating.plus(disk.free().bytes(), planning.freedBytes());
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
            if (planning.beyondLimitPerRun(next)) {
                return End.LIMIT_PER_RUN;
            }
            take(next, reasonFor(next), counted);
            forEachFreedParent(next, freed::add);
        }
    }

    /** Returns the next record in order, or -1 if there is none. */
    private int next() {
        var held = freed.peek();
        if (seen < first.length && (held == null || order.compare(first[seen], held) < 0)) {
            return first[seen++];
        }
        return held == null ? -1 : freed.remove();
    }

    private Reason.Taken reasonFor(int next) {
        var lack = shortfall();
        return lack.isPresent() ? order.reason(lack.get(), next) : unused(next);
    }

    /** Returns the exceeded limit, or empty if only the age of records matters. */
    private Optional<Reason.NoRoom> shortfall() {
        var used = new ByteSize(used());
        if (forTheDisk) {
            return Optional.of(new Reason.BelowMinFreeSpace(number, Objects.requireNonNull(free), used));
        }
        if (max != null) {
            return Optional.of(new Reason.AboveMaxUsedSpace(number, max, used));
        }
        return rule.unusedFor() == null && reserved != null
                ? Optional.of(new Reason.AboveReservedSpace(number, reserved, used))
                : Optional.empty();
    }

    @Override
    Reason.Kept enough() {
        return forTheDisk || max == null
                ? new Reason.EnoughFreeSpace(number, Objects.requireNonNullElse(free, ByteSize.ZERO))
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
