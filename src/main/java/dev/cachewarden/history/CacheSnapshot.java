package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.List;

/**
 * One reading of a builder in its stored form.
 *
 * @param takenAt time of the reading; the records are exact for this time
 * @param records all records of the cache at this time, in no particular order
 */
public record CacheSnapshot(BuilderId builder, Instant takenAt, List<CacheRecord> records) {
    public CacheSnapshot {
        records = List.copyOf(records);
    }
}
