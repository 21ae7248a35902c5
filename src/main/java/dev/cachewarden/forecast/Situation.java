package dev.cachewarden.forecast;

import dev.cachewarden.buildcache.DiskSpace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The known history and state of a disk.
 *
 * @param zone determines days and weekends
 * @param growth the growth of its caches by hour, oldest first
 * @param disk the use of the disk, oldest first; empty if never measured
 * @param now the present
 * @param policy the policy that prunes it, or null for none
 * @param garbageCollection limits of the builder, or null for none
 */
public record Situation(
        ZoneId zone,
        List<GrowthHour> growth,
        List<DiskLevel> disk,
        Now now,
        @Nullable PolicyPrunes policy,
        @Nullable GarbageCollection garbageCollection) {

    public Situation {
        growth = List.copyOf(growth);
        disk = List.copyOf(disk);
    }

    /**
     * The present.
     *
     * @param space space of the disk, or null if unknown
     * @param cacheBytes size of the caches on it at the last reading
     * @param readAt time of the last reading, or null if there is none
     * @param staleAfter age at which a reading is too old
     */
    public record Now(
            Instant at,
            @Nullable DiskSpace space,
            long cacheBytes,
            @Nullable Instant readAt,
            Duration staleAfter) {}
}
