package dev.cachewarden.simulator.cache;

/** How much cache a prune with limits leaves, by BuildKit's arithmetic. */
public final class KeepBytes {

    private KeepBytes() {}

    /**
     * Bytes to prune down to; zero means that there is no such target and everything that may go goes.
     *
     * @param total bytes of cache that no image holds as well
     * @param free bytes free on the disk
     */
    public static long of(long total, long free, PruneOptions options, boolean freeSpaceAloneIsSafe) {
        if (!options.hasLimits()) {
            return 0;
        }
        long keep = options.maxUsedSpace();
        long missing = options.minFreeSpace() - free;
        if (missing > 0) {
            long affordable = total - missing;
            keep = keep == 0 ? affordable : Math.min(keep, affordable);
        } else if (freeSpaceAloneIsSafe && options.minFreeSpace() != 0 && keep == 0) {
            keep = total;
        }
        return Math.max(keep, options.reservedSpace());
    }
}
