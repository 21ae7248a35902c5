package dev.cachewarden.history;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells at little cost which reading of each builder is the last, for those who keep snapshots in memory. */
public interface LastReadings {

    /** The last reading of each builder that ever was read. */
    Map<BuilderId, Reading> lastReadings();

    /**
     * A reading without its records.
     *
     * @param fingerprint of all its records: readings of one builder with the same have the same records; null: not known, as after a run
     *     that deleted some of them
     */
    record Reading(Instant takenAt, @Nullable UUID fingerprint) {}
}
