package dev.cachewarden.history;

import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import java.time.Instant;

/**
 * Measures the disks of hosts and stores the last result with each host. Each reading of the cache also measures the disk. Callers that
 * need a result wait no longer than the time limit of one measurement.
 */
public interface DiskMeter {

    Duration NEVER_STALE_WITHIN = Duration.ofMinutes(2);

    /** Measures the disk now, even if a recent result exists. */
    DiskReading now(WatchedHost host);

    /** Returns a result of the last 30 seconds or of a measurement in progress, or measures the disk now. */
    DiskReading recent(WatchedHost host);

    /**
     * Returns the last result without a request to the host, for pages and for previews of many hosts. The result is unknown if it is as
     * old as a stale reading and older than two minutes: disks are measured less often than some caches are read.
     */
    static DiskReading last(WatchedHost host, Instant now) {
        var last = host.disk();
        if (last == null) {
            return new DiskReading.Unknown(now, "The disk has not been measured yet.");
        }
        var age = Duration.between(last.takenAt(), now);
        var stale = UsageHistory.staleAfter(host.pollInterval());
        var tooOld = stale.compareTo(NEVER_STALE_WITHIN) > 0 ? stale : NEVER_STALE_WITHIN;
        return last instanceof DiskReading.Known && age.compareTo(tooOld) > 0
                ? new DiskReading.Unknown(
                        now,
                        "The last measurement of the disk, at " + Timestamps.text(last.takenAt()) + ", is too old.")
                : last;
    }
}
