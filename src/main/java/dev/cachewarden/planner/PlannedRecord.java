package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as stored in a plan, with the fields that show later whether it is unchanged.
 *
 * @param lastUsedAt with microsecond precision at best, as the store keeps it; null if the record was never used
 * @param shared whether an image already shared its data
 */
public record PlannedRecord(
        String id, RecordType type, ByteSize size, @Nullable Instant lastUsedAt, long usageCount, boolean shared) {

    public static PlannedRecord of(CacheRecord record) {
        return new PlannedRecord(
                record.id(), record.type(), record.size(), record.lastUsedAt(), record.usageCount(), record.shared());
    }
}
