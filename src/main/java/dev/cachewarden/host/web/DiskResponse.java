package dev.cachewarden.host.web;

import dev.cachewarden.host.DiskReading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DiskReading} in JSON.
 *
 * @param takenAt time of the measurement; for a problem, the time since it exists
 * @param totalBytes size of the disk, or null if unknown
 * @param freeBytes free space, or null if unknown
 * @param problem reason why the space is unknown, or null if it is known
 */
record DiskResponse(
        Instant takenAt,
        @Nullable Long totalBytes,
        @Nullable Long freeBytes,
        @Nullable String problem) {

    static DiskResponse of(DiskReading reading) {
        return switch (reading) {
            case DiskReading.Known known ->
                new DiskResponse(
                        known.takenAt(),
                        known.space().total().bytes(),
                        known.space().free().bytes(),
                        null);
            case DiskReading.Unknown unknown -> new DiskResponse(unknown.takenAt(), null, null, unknown.problem());
        };
    }
}
