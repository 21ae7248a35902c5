package dev.cachewarden.host.web;

import dev.cachewarden.host.disk.DiskReading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DiskReading} in JSON.
 *
 * @param takenAt when it was asked for; of a problem, since when it stands
 * @param totalBytes and freeBytes: null where they are not known
 * @param problem why they are not known; null where they are
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
