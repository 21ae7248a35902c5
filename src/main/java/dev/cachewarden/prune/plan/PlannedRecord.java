package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as a plan remembers it: enough to tell later whether it is still what was planned.
 *
 * @param lastUsedAt to the microsecond at best, as the store keeps it; null: never used
 * @param shared whether an image held its data already
 */
public record PlannedRecord(
        String id, RecordType type, ByteSize size, @Nullable Instant lastUsedAt, long usageCount, boolean shared) {

    public static PlannedRecord of(CacheRecord record) {
        return new PlannedRecord(
                record.id(), record.type(), record.size(), record.lastUsedAt(), record.usageCount(), record.shared());
    }
}
