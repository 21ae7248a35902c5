package dev.cachewarden.engine;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A complete reading of a cache.
 *
 * @param takenAt time at which the answer was complete, by Cachewarden's clock
 * @param took duration from the request until the answer was parsed
 * @param records in no particular order, with unique IDs
 */
public record CacheReading(Instant takenAt, Duration took, List<CacheRecord> records) {
    public CacheReading {
        records = List.copyOf(records);
    }
}
