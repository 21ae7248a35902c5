package dev.cachewarden.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a plan, and what became of it.
 *
 * @param position in the order of deletion, from 1
 * @param lastUsedAt null: never used
 * @param rule which one takes it, from 1
 * @param reason why, in words
 * @param outcome null: no run has come to it
 * @param outcomeReason in words; null where a deletion went as planned
 * @param deletedBytes as the builder reported, or as planned where it does not tell; null: not deleted
 */
public record PlannedRecordView(
        int position,
        String id,
        RecordType type,
        String description,
        ByteSize size,
        @Nullable Instant lastUsedAt,
        long usageCount,
        int rule,
        String reason,
        @Nullable RecordOutcome outcome,
        @Nullable String outcomeReason,
        @Nullable Instant outcomeAt,
        @Nullable ByteSize deletedBytes) {}
