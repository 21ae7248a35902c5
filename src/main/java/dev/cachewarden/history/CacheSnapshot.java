package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.List;

/**
 * One reading of a builder in its stored form.
 *
 * @param takenAt when it was read; the records are exact for this time
 * @param records all that were there, in no particular order
 */
public record CacheSnapshot(BuilderId builder, Instant takenAt, List<CacheRecord> records) {
    public CacheSnapshot {
        records = List.copyOf(records);
    }
}
