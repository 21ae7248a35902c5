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

    /** Measures now, whatever was measured before. */
    DiskReading now(WatchedHost host);

    /** From a measurement of the last half minute or one that is under way, else measured now. */
    DiskReading recent(WatchedHost host);

    /**
     * What was last said, without asking anybody: for pages, and for previews of many hosts. Not known where that is as old as a reading
     * that is stale.
     */
    static DiskReading last(WatchedHost host, Instant now) {
        var last = host.disk();
        if (last == null) {
            return new DiskReading.Unknown(now, "Its disk has not been measured yet.");
        }
        var age = Duration.between(last.takenAt(), now);
        return last instanceof DiskReading.Known && age.compareTo(UsageHistory.staleAfter(host.pollInterval())) > 0
                ? new DiskReading.Unknown(now, "Its disk was last measured at " + last.takenAt() + ", too long ago.")
                : last;
    }
}
