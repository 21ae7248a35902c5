package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Limits;
import org.jspecify.annotations.Nullable;

/**
 * A rule pass that selects the records that a BuildKit prune selects, from version 0.21 on. There the limits become one number, and the
 * reserved space raises it (cache/manager.go, {@code calculateKeepBytes} and {@code prune}).
 */
final class BuildKitPass extends RulePass {

    /** The limit in bytes; with zero there is no limit, and every eligible record is deleted. */
    private final long keep;

    private final BuildKitRanking ranking;

    BuildKitPass(Planning planning, int number, PruneRule rule) {
        super(planning, number, rule);
        this.keep = keepBytes(rule.limits(), planning.disk(), planning.freedBytes(), used());
        this.ranking = new BuildKitRanking(planning);
        for (int i : candidates()) {
            ranking.add(i);
        }
    }

    /**
     * Returns the single limit that BuildKit calculates from the three limits.
     *
     * @param freed the bytes that earlier rules freed on the disk
     * @param total the bytes that count towards the limits
     * @return the bytes to keep; zero means no limit
     */
    static long keepBytes(Limits limits, @Nullable DiskSpace disk, long freed, long total) {
        if (limits.none()) {
            return 0;
        }
        var known = limits.on(disk);
        long keep = bytes(known.used());
        long free = bytes(known.free());
        if (free > 0 && disk != null) {
            long lacking = free - Saturating.plus(disk.free().bytes(), freed);
            if (lacking > 0) {
                keep = keep == 0 ? total - lacking : Math.min(keep, total - lacking);
            } else if (keep == 0) {
                keep = total;
            }
        }
        return Math.max(0, Math.max(keep, bytes(known.reserved())));
    }

    private static long bytes(@Nullable ByteSize size) {
        return size == null ? 0 : size.bytes();
    }

    @Override
    End takeAll() {
        while (true) {
            if (keep != 0 && used() < keep) {
                return End.ENOUGH;
            }
            int next = ranking.lowest();
            if (next < 0) {
                return End.EXHAUSTED;
            }
            if (planning.beyondLimitPerRun(next)) {
                return End.LIMIT_PER_RUN;
            }
            ranking.remove(next);
            // BuildKit subtracts a shared record as well, although it never counted it.
            take(next, reasonFor(next), planning.graph().bytes(next));
            forEachFreedParent(next, ranking::add);
        }
    }

    private Reason.Taken reasonFor(int next) {
        return keep == 0
                ? unused(next)
                : new Reason.LowestRank(number, new ByteSize(keep), new ByteSize(Math.max(0, used())));
    }

    @Override
    Reason.Kept enough() {
        return new Reason.LessThanLimit(number, new ByteSize(keep));
    }

    @Override
    Reason.Kept floor() {
        throw new IllegalStateException("The limit of BuildKit includes the reserved space");
    }

    @Override
    boolean hasUnknownAge(int i) {
        return planning.record(i).lastUsedAt() == null;
    }

    /** Returns whether the age of a record allows its deletion. An age never keeps a record that was never used. */
    @Override
    boolean oldEnough(int i) {
        var used = usedSince == null ? null : planning.record(i).lastUsedAt();
        return used == null || !used.isAfter(usedSince);
    }
}
