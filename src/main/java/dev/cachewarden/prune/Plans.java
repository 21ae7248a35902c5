package dev.cachewarden.prune;

import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plans: worked out from the last reading, stored, and deleting nothing. */
public interface Plans {

    /**
     * Plans by hand for one builder, from its last reading.
     *
     * @param by who asks
     * @throws dev.cachewarden.rest.InvalidInputException naming every field that cannot be accepted
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host or builder
     * @throws dev.cachewarden.rest.ConflictException if there is no reading of it that is fresh enough to plan from
     */
    PlanView make(PlanInput input, String by);

    /**
     * Plans for every engine in a policy's scope, from the last readings.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such policy
     */
    List<PlanOutcome> makeFor(long policyId, String by);

    /**
     * Plans for one host by a policy as it is saved, as {@link #makeFor(long, String)} does for all in its scope.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such policy or host
     * @throws dev.cachewarden.rest.InvalidInputException about {@code host}, if it is not in the scope
     * @throws dev.cachewarden.rest.ConflictException if there is no reading of it that is fresh enough to plan from
     */
    PlanView makeFor(long policyId, HostId host, String by);

    /**
     * Plans for one host by what a policy might become. As with a plan by hand, what the other policies pin on the host is kept.
     *
     * @param policyId what it is a draft of
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     * @throws dev.cachewarden.rest.InvalidInputException about {@code host}, if it is not in the scope
     * @throws dev.cachewarden.rest.ConflictException if there is no reading of it that is fresh enough to plan from
     */
    PlanView makeOf(PolicyView.Content draft, long policyId, HostId host, String by);

    Optional<PlanView> find(long id);

    /**
     * The planned records in the order of deletion.
     *
     * @param after cursor from the part before; null: from the start
     * @param limit from 1 to 1,000
     * @throws dev.cachewarden.rest.NotFoundException if there is no such plan
     */
    Page<PlannedRecordView> records(long id, RecordFilter filter, @Nullable String after, int limit);

    /** Hands over all planned records that pass the filter, in the order of deletion, a few at a time. */
    void forEachRecord(long id, RecordFilter filter, Consumer<PlannedRecordView> sink);

    /**
     * Which planned records to list.
     *
     * @param outcome only those with this outcome; null: all
     */
    record RecordFilter(@Nullable RecordOutcome outcome) {

        public static final RecordFilter ALL = new RecordFilter(null);
    }
}
