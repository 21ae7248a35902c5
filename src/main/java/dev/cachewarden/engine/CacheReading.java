package dev.cachewarden.engine;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One whole reading of a cache.
 *
 * @param takenAt when the answer was complete, by our clock
 * @param took from the request to the answer read and understood
 * @param records in no particular order, ids unique
 */
public record CacheReading(Instant takenAt, Duration took, List<CacheRecord> records) {
    public CacheReading {
        records = List.copyOf(records);
    }
}
