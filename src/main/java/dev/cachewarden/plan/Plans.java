package dev.cachewarden.plan;

import dev.cachewarden.host.HostId;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.list.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stored plans. Cachewarden makes them from the last snapshot, and a plan itself deletes nothing. */
public interface Plans {

    /**
     * Makes a manual plan for one builder from its last snapshot.
     *
     * @param by the user who requests the plan
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     * @throws dev.cachewarden.rest.NotFoundException if the host or builder does not exist
     * @throws dev.cachewarden.rest.ConflictException if no snapshot of it is recent enough to plan from
     */
    PlanView make(PlanInput input, String by);

    /**
     * Makes plans for every engine in a policy's scope, from the last snapshots.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the policy does not exist
     */
    List<PlanOutcome> makeFor(long policyId, String by);

    /**
     * Makes a plan for one host from a saved policy. {@link #makeFor(long, String)} does the same for all hosts in the scope.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the policy or host does not exist
     * @throws dev.cachewarden.rest.InvalidInputException about {@code host}, if it is not in the scope
     * @throws dev.cachewarden.rest.ConflictException if no snapshot of it is recent enough to plan from
     */
    PlanView makeFor(long policyId, HostId host, String by);

    /**
     * Makes a plan for one host from the draft of a policy. As in a manual plan, the pins of the other policies on the host apply.
     *
     * @param policyId the policy that the draft belongs to
     * @throws dev.cachewarden.rest.NotFoundException if the host does not exist
     * @throws dev.cachewarden.rest.InvalidInputException about {@code host}, if it is not in the scope
     * @throws dev.cachewarden.rest.ConflictException if no snapshot of it is recent enough to plan from
     */
    PlanView makeOf(PolicyView.Content draft, long policyId, HostId host, String by);

    Optional<PlanView> find(long id);

    /**
     * Returns the planned records in the order of deletion.
     *
     * @param after the cursor from the previous page, or null to start at the first record
     * @param limit from 1 to 1,000
     * @throws dev.cachewarden.rest.NotFoundException if the plan does not exist
     */
    Page<PlannedRecordView> records(long id, RecordFilter filter, @Nullable String after, int limit);

    /** Passes all planned records that match the filter to the sink, in the order of deletion. Reads a few records at a time. */
    void forEachRecord(long id, RecordFilter filter, Consumer<PlannedRecordView> sink);

    /**
     * A filter for the list of planned records.
     *
     * @param outcome selects the records with this outcome; null selects all
     */
    record RecordFilter(@Nullable RecordOutcome outcome) {

        public static final RecordFilter ALL = new RecordFilter(null);
    }
}
