package dev.cachewarden.host;

import dev.cachewarden.buildcache.DiskSpace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of a disk measurement. */
public sealed interface DiskReading {

    /** Returns the time of the measurement. */
    Instant takenAt();

    /** Returns the space, or null if unknown; it is never zero instead. */
    @Nullable
    DiskSpace space();

    /** A successful measurement. */
    record Known(Instant takenAt, DiskSpace space) implements DiskReading {}

    /**
     * A failed measurement, or an unreliable result.
     *
     * @param problem what happened, where, and what to do
     */
    record Unknown(Instant takenAt, String problem) implements DiskReading {
        @Override
        public @Nullable DiskSpace space() {
            return null;
        }
    }
}
