package dev.cachewarden.history;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fast lookup of the last reading of each builder, for callers that cache snapshots in memory. */
public interface LastReadings {

    /** Returns the last reading of each builder that was ever read. */
    Map<BuilderId, Reading> lastReadings();

    /** The last readings of these builders. */
    default Map<BuilderId, Reading> lastReadings(Set<BuilderId> builders) {
        var some = new HashMap<>(lastReadings());
        some.keySet().retainAll(builders);
        return some;
    }

    /**
     * A reading without its records.
     *
     * @param fingerprint hash of all records; readings of one builder with the same fingerprint have the same records. It is null if
     * unknown, for example after a run that deleted some of the records
     */
    record Reading(Instant takenAt, @Nullable UUID fingerprint) {}
}
