package dev.cachewarden.prune.planning;

import dev.cachewarden.prune.plan.PruneProposal;
import java.time.Instant;

/**
 * A plan that is worked out and not stored.
 *
 * @param snapshotAt when the records were read
 */
public record DraftPlan(Target target, PlanOrder order, Instant snapshotAt, PruneProposal proposal) {

    /** Whether it would delete nothing. */
    public boolean empty() {
        return proposal.goes().isEmpty();
    }
}
