package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.steps.HeldRecord;
import dev.cachewarden.analytics.steps.HeldRecord.Ground;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record that holds the result of a step, in the latest snapshot of the cache.
 *
 * @param builderId ID of the builder; with {@code recordId} it forms the path {@code /api/v1/builders/{builderId}/records/{recordId}}
 * @param sizeBytes size of the record's own data without its parents, in bytes
 * @param shared whether an image contains the same data
 * @param inUse whether a running build uses the record
 * @param createdAt time of creation, or null if the builder does not report it
 * @param ground evidence that this is the right record. {@code CREATED_BY_STEP}, {@code PARENT_OF_NEXT}, and {@code USED_BY_BUILD} are certain.
 *     {@code EXISTED_BEFORE} is the newest record that existed at that time. {@code SAME_INSTRUCTION} is the newest of all records; there is
 *     no evidence that this build created or used it.
 * @param candidates number of records with the instruction of the step, including this one
 */
record HeldRecordResponse(
        long builderId,
        String recordId,
        long sizeBytes,
        boolean shared,
        boolean inUse,
        @Nullable Instant createdAt,
        Ground ground,
        int candidates) {

    static @Nullable HeldRecordResponse of(@Nullable HeldRecord held) {
        if (held == null) {
            return null;
        }
        var record = held.record();
        return new HeldRecordResponse(
                held.builder().value(),
                record.id(),
                record.size().bytes(),
                record.shared(),
                record.inUse(),
                record.createdAt(),
                held.ground(),
                held.candidates());
    }
}
