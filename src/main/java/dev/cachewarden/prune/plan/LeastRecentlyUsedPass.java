package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.prune.plan.rule.PruneRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Takes the least recently used first, stops at the limit, and never goes below the floor. */
final class LeastRecentlyUsedPass extends RulePass {

    private final PriorityQueue<Integer> free;
    private final @Nullable ByteSize max;
    private final @Nullable ByteSize minFree;
    private final @Nullable ByteSize reserved;

    /** Null: no limit but the floor. */
    private final @Nullable Long limit;

    /** Whether the limit is what the disk lacks, and not the largest use. */
    private final boolean forTheDisk;

    LeastRecentlyUsedPass(Planning planning, int number, PruneRule rule) {
        super(planning, number, rule);
        var disk = planning.disk();
        this.max = rule.maxUsedSpace() == null ? null : rule.maxUsedSpace().on(disk);
        this.minFree = rule.minFreeSpace() == null ? null : rule.minFreeSpace().on(disk);
        this.reserved =
                rule.reservedSpace() == null ? null : rule.reservedSpace().on(disk);
        var candidates = new ArrayList<Integer>();
        for (int i = 0; i < planning.size(); i++) {
            if (candidate(i)) {
                candidates.add(i);
            }
        }
        // The numbers are ranks, so the natural order is that of going; from a collection the heap is built in linear
        // time.
        this.free = new PriorityQueue<>(candidates);
        var room = roomOnDisk();
        this.forTheDisk = room != null && (max == null || room < max.bytes());
        this.limit = forTheDisk ? room : max == null ? null : Long.valueOf(max.bytes());
    }

    /** What may be used so that enough of the disk is free; null: not asked for. */
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
            var next = free.poll();
            if (next == null) {
                return End.EXHAUSTED;
            }
            long counted = planning.freed(next);
            if (reserved != null && used() - counted < reserved.bytes()) {
                return End.FLOOR;
            }
            if (planning.beyondCeiling(next)) {
                return End.CEILING;
            }
            take(next, reasonFor(planning.record(next)), counted);
            for (int parent : planning.parents(next)) {
                if (candidate(parent)) {
                    free.add(parent);
                }
            }
        }
    }

    private Reason.Taken reasonFor(CacheRecord record) {
        var used = new ByteSize(used());
        if (forTheDisk) {
            return new Reason.BelowMinFreeSpace(number, Objects.requireNonNull(minFree), used);
        }
        if (max != null) {
            return new Reason.AboveMaxUsedSpace(number, max, used);
        }
        if (rule.unusedFor() == null && reserved != null) {
            return new Reason.AboveReservedSpace(number, reserved, used);
        }
        return unused(record);
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
    @Nullable
    Instant touched(CacheRecord record) {
        return record.lastTouchedAt();
    }

    @Override
    boolean sparesUntold() {
        return true;
    }
}
