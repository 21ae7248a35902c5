package dev.cachewarden.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a plan, and the outcome of its deletion.
 *
 * @param position the position in the order of deletion, from 1
 * @param lastUsedAt the time of the last use, or null if the record was never used
 * @param rule the number of the rule that selects it, from 1
 * @param reason the reason for the deletion, or null if an earlier version stored only its text
 * @param outcome the outcome, or null if no run has processed the record
 * @param outcomeReason the reason for the outcome, or null if the deletion succeeded as planned
 * @param deletedBytes the size that the builder reported, or the planned size if it reports none; null if the record was not deleted
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
        Reason.@Nullable Taken reason,
        @Nullable RecordOutcome outcome,
        @Nullable OutcomeReason outcomeReason,
        @Nullable Instant outcomeAt,
        @Nullable ByteSize deletedBytes) {

    /** Returns the text of the reason for the deletion. */
    public String reasonText() {
        return reason == null ? "Unknown" : reason.text();
    }

    /** Returns the text of the reason for the outcome, or null if there is none. */
    public @Nullable String outcomeText() {
        return outcomeReason == null ? null : outcomeReason.text();
    }

    /** Returns the code of the reason for the outcome, or null if there is none. */
    public OutcomeReason.@Nullable Code outcomeCode() {
        return outcomeReason == null ? null : outcomeReason.code();
    }
}
