package dev.cachewarden.simulator.cache;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reading tells of a record at one moment.
 *
 * @param parents ids
 * @param lastUsedAt null: never used
 */
public record RecordView(
        String id,
        List<String> parents,
        String type,
        String description,
        boolean inUse,
        boolean shared,
        boolean mutable,
        long size,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        long usageCount) {}
