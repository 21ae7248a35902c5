package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.WatchedHost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host as lists show it.
 *
 * @param usage total usage of all its builders, from their latest readings, or null if it was never read
 * @param takenAt time of the oldest of these readings, or null if it was never read
 * @param countedElsewhere whether another host with a lower ID leads to the same engine, so that totals must exclude this host
 * @param measured latest measurement of its disk, or unknown if the measurement is too old
 */
public record HostSummary(
        WatchedHost host,
        HostStatus status,
        @Nullable CacheUsage usage,
        @Nullable Instant takenAt,
        boolean countedElsewhere,
        DiskReading measured) {

    /** Returns the size of all records, or zero if the host was never read. {@link #known()} distinguishes both cases. */
    public ByteSize total() {
        return usage == null ? ByteSize.ZERO : usage.total().size();
    }

    public ByteSize reclaimable() {
        return usage == null ? ByteSize.ZERO : usage.reclaimable().size();
    }

    public boolean known() {
        return usage != null;
    }

    /** Returns the engine with its version, as a label. */
    public String engine() {
        var capabilities = host.capabilities();
        if (capabilities == null) {
            return "Unknown";
        }
        return capabilities.engineVersion() != null
                ? "Docker " + capabilities.engineVersion()
                : "buildkitd" + (capabilities.buildkitVersion() == null ? "" : " " + capabilities.buildkitVersion());
    }

    /** Returns the space of the file system with its data root, or null if unknown. */
    public @Nullable DiskSpace disk() {
        return measured.space();
    }

    /** Returns the reason why the disk space is unknown, if an administrator configured a source for it, otherwise null. */
    public @Nullable String diskProblem() {
        return measured instanceof DiskReading.Unknown unknown
                        && host.disk() != null
                        && !host.connection().freeDiskFrom().equals(DiskSource.LOCAL)
                ? unknown.problem()
                : null;
    }
}
