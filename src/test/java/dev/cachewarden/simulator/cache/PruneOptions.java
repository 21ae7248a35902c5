package dev.cachewarden.simulator.cache;

import java.time.Duration;
import java.util.List;

/**
 * What a prune is asked for.
 *
 * @param filters alternatives in containerd's filter language; none, or an empty one: every record
 * @param all internal, frontend and shared records too
 * @param keepDuration spares what was used within it; zero: nothing is spared
 * @param reservedSpace bytes; this and the next two: zero is no limit
 */
public record PruneOptions(
        List<String> filters,
        boolean all,
        Duration keepDuration,
        long reservedSpace,
        long maxUsedSpace,
        long minFreeSpace) {

    public PruneOptions {
        filters = List.copyOf(filters);
    }

    /** Everything that goes without being asked for by name. */
    public static PruneOptions everything() {
        return new PruneOptions(List.of(), false, Duration.ZERO, 0, 0, 0);
    }

    public PruneOptions matching(String... alternatives) {
        return new PruneOptions(List.of(alternatives), all, keepDuration, reservedSpace, maxUsedSpace, minFreeSpace);
    }

    public PruneOptions withAll() {
        return new PruneOptions(filters, true, keepDuration, reservedSpace, maxUsedSpace, minFreeSpace);
    }

    public PruneOptions keeping(Duration usedWithin) {
        return new PruneOptions(filters, all, usedWithin, reservedSpace, maxUsedSpace, minFreeSpace);
    }

    public PruneOptions limits(long reserved, long maxUsed, long minFree) {
        return new PruneOptions(filters, all, keepDuration, reserved, maxUsed, minFree);
    }

    boolean hasLimits() {
        return reservedSpace != 0 || maxUsedSpace != 0 || minFreeSpace != 0;
    }
}
