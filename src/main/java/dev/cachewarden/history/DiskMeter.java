package dev.cachewarden.history;

import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.host.disk.DiskReading;
import java.time.Duration;
import java.time.Instant;

/**
 * Measures the disks of hosts and keeps with each host what was last said. The disk is also measured with each reading of the cache;
 * whoever needs it asks here, and waits no longer than the time limit of one measurement.
 */
public interface DiskMeter {

    Duration NEVER_STALE_WITHIN = Duration.ofMinutes(2);

    /** Measures now, whatever was measured before. */
    DiskReading now(WatchedHost host);

    /** From a measurement of the last half minute or one that is under way, else measured now. */
    DiskReading recent(WatchedHost host);

    /**
     * What was last said, without asking anybody: for pages, and for previews of many hosts. Not known where that is as old as a reading
     * that is stale, and older than two minutes: disks are measured less often than some caches are read.
     */
    static DiskReading last(WatchedHost host, Instant now) {
        var last = host.disk();
        if (last == null) {
            return new DiskReading.Unknown(now, "Its disk has not been measured yet.");
        }
        var age = Duration.between(last.takenAt(), now);
        var stale = UsageHistory.staleAfter(host.pollInterval());
        var tooOld = stale.compareTo(NEVER_STALE_WITHIN) > 0 ? stale : NEVER_STALE_WITHIN;
        return last instanceof DiskReading.Known && age.compareTo(tooOld) > 0
                ? new DiskReading.Unknown(now, "Its disk was last measured at " + last.takenAt() + ", too long ago.")
                : last;
    }
}
