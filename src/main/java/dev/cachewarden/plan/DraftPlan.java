package dev.cachewarden.plan;

import dev.cachewarden.host.DiskReading;
import dev.cachewarden.planner.PruneProposal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is calculated but not stored.
 *
 * @param snapshotAt the time when the records were read
 * @param disk the disk reading that the plan is based on, or null if no rule depends on the disk
 */
public record DraftPlan(
        Target target,
        PlanOrder order,
        Instant snapshotAt,
        @Nullable DiskReading disk,
        PruneProposal proposal) {

    /** Returns whether the plan would delete nothing. */
    public boolean empty() {
        return proposal.deletions().isEmpty();
    }
}
