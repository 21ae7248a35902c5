package dev.cachewarden.run.web;

import dev.cachewarden.plan.OutcomeReason;
import dev.cachewarden.plan.PlannedRecordView;
import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.policy.web.SumResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A planned record and its outcome in a response. */
record PlannedRecordResponse(
        int position,
        String id,
        String type,
        String description,
        long sizeBytes,
        @Nullable Instant lastUsedAt,
        long usageCount,
        int rule,
        String reason,
        @Nullable RecordOutcome outcome,
        OutcomeReason.@Nullable Code outcomeCode,
        @Nullable String outcomeReason,
        @Nullable Instant outcomeAt,
        @Nullable Long deletedBytes) {

    static PlannedRecordResponse of(PlannedRecordView record) {
        return new PlannedRecordResponse(
                record.position(),
                record.id(),
                record.type().name(),
                record.description(),
                record.size().bytes(),
                record.lastUsedAt(),
                record.usageCount(),
                record.rule(),
                record.reasonText(),
                record.outcome(),
                record.outcomeCode(),
                record.outcomeText(),
                record.outcomeAt(),
                SumResponse.bytes(record.deletedBytes()));
    }
}
