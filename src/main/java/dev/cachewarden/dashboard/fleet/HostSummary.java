package dev.cachewarden.dashboard.fleet;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.host.disk.DiskReading;
import dev.cachewarden.host.disk.DiskSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host as lists show it.
 *
 * @param usage of all its builders together, by their last readings; null: never read
 * @param takenAt the oldest of these readings; null: never read
 * @param countedElsewhere another host with a lower id leads to the same engine, so that sums must leave this one out
 * @param measured what was last said of its disk; not known where that is old
 */
public record HostSummary(
        WatchedHost host,
        HostStatus status,
        @Nullable CacheUsage usage,
        @Nullable Instant takenAt,
        boolean countedElsewhere,
        DiskReading measured) {

    /** All its records; zero where it was never read, which {@link #known()} tells apart. */
    public ByteSize total() {
        return usage == null ? ByteSize.ZERO : usage.total().size();
    }

    public ByteSize reclaimable() {
        return usage == null ? ByteSize.ZERO : usage.reclaimable().size();
    }

    public boolean known() {
        return usage != null;
    }

    /** What runs there, in a few words. */
    public String engine() {
        var capabilities = host.capabilities();
        if (capabilities == null) {
            return "not known yet";
        }
        return capabilities.engineVersion() != null
                ? "Docker " + capabilities.engineVersion()
                : "buildkitd" + (capabilities.buildkitVersion() == null ? "" : " " + capabilities.buildkitVersion());
    }

    /** The file system of its data root; null: not known. */
    public @Nullable DiskSpace disk() {
        return measured.space();
    }

    /** Why its disk is not known, where somebody told who is to be asked for it; else null. */
    public @Nullable String diskProblem() {
        return measured instanceof DiskReading.Unknown unknown
                        && host.disk() != null
                        && !host.connection().freeDiskFrom().equals(DiskSource.LOCAL)
                ? unknown.problem()
                : null;
    }
}
