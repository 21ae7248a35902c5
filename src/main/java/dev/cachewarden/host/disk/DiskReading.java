package dev.cachewarden.host.disk;

import dev.cachewarden.buildcache.DiskSpace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The answer to asking for a host's disk. */
public sealed interface DiskReading {

    /** When it was asked for. */
    Instant takenAt();

    /** Null where it is not known: never zero. */
    @Nullable
    DiskSpace space();

    /** It was measured. */
    record Known(Instant takenAt, DiskSpace space) implements DiskReading {}

    /**
     * It was not, or what was said cannot be relied on.
     *
     * @param problem what happened, to what, and what to do next
     */
    record Unknown(Instant takenAt, String problem) implements DiskReading {
        @Override
        public @Nullable DiskSpace space() {
            return null;
        }
    }
}
