package dev.cachewarden.build.web;

import dev.cachewarden.build.held.HeldRecord;
import dev.cachewarden.build.held.HeldRecord.Ground;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record that holds what a step made, by the last reading of the cache.
 *
 * @param builderId with {@code recordId} its address: {@code /api/v1/builders/{builderId}/records/{recordId}}
 * @param sizeBytes of its own data, without what it builds on
 * @param shared whether an image holds the same data
 * @param inUse whether a running build holds it
 * @param createdAt null: the builder does not tell
 * @param ground what tells that it is this one: {@code MADE_BY_IT}, {@code BUILT_UPON} and {@code USED_BY_IT} are sure; {@code THERE_BEFORE} is
 *     the newest that was there then, {@code SAME_INSTRUCTION} the newest of all, of which nothing tells that this build made or used it
 * @param candidates how many records have the step's instruction, this one included
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
