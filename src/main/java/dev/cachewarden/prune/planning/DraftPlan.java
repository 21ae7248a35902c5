package dev.cachewarden.prune.planning;

import dev.cachewarden.host.disk.DiskReading;
import dev.cachewarden.prune.plan.PruneProposal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is worked out and not stored.
 *
 * @param snapshotAt when the records were read
 * @param disk what it was worked out for; null: none of its rules speaks of the disk
 */
public record DraftPlan(
        Target target,
        PlanOrder order,
        Instant snapshotAt,
        @Nullable DiskReading disk,
        PruneProposal proposal) {

    /** Whether it would delete nothing. */
    public boolean empty() {
        return proposal.goes().isEmpty();
    }
}
