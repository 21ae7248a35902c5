package dev.cachewarden.run;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.PlanInput;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.list.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The prune runs. Cachewarden stores a run before it deletes anything, and executes one run at a time on an engine. When a run closes, it
 * contains what was actually deleted.
 */
public interface Runs {

    /**
     * Runs a plan that a user has reviewed. The run is stored, and starts automatically after the countdown, or after approval if its
     * policy requires it. If the plan lists no records, the run is completed immediately.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the plan does not exist
     * @throws dev.cachewarden.rest.ConflictException if the plan cannot be run, or can no longer be run, or another run is active on its
     *     engine
     */
    RunView start(long planId, RunRequest request);

    /**
     * Makes a plan for one builder from its last snapshot, and runs it. If the plan lists no records, the run is completed immediately.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     * @throws dev.cachewarden.rest.NotFoundException if the host or builder does not exist
     * @throws dev.cachewarden.rest.ConflictException if it cannot be planned or run now, or its idempotency key was used for another host
     */
    RunView planAndStart(PlanInput input, RunRequest request);

    /**
     * Takes a new snapshot of every engine in a policy's scope, makes plans, and runs them.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the policy does not exist
     * @throws dev.cachewarden.rest.ConflictException if the policy is in report mode
     */
    List<RunOutcome> startFor(long policyId, RunRequest request);

    /**
     * Runs plans of one policy that a user has reviewed, as one group.
     *
     * @param planIds plans of the same policy; at least one
     * @throws dev.cachewarden.rest.NotFoundException if a plan does not exist
     */
    RunGroupView startAll(List<Long> planIds, RunRequest request);

    /** Returns the runs that were started together, and the hosts without a run. */
    Optional<RunGroupView> group(long id);

    /**
     * Cancels every run of a group that can still be canceled.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the group does not exist
     * @throws dev.cachewarden.rest.ConflictException if no run of it can be canceled
     */
    RunGroupView cancelAll(long group, Caller by);

    Optional<RunView> find(long id);

    /**
     * Returns runs, newest first.
     *
     * @param after the cursor from the previous page, or null to start at the newest run
     * @param limit from 1 to 1,000
     */
    Page<RunView> list(RunFilter filter, @Nullable String after, int limit);

    /**
     * Returns the runs that deleted the most bytes, among the runs that ended within a time range and deleted records.
     *
     * @param builders the builders to include, or null for all builders
     * @param from inclusive
     * @param until exclusive
     */
    Largest largest(@Nullable Set<BuilderId> builders, Instant from, Instant until, int limit);

    /**
     * Approves a waiting run. It starts after the default countdown or the given one.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the run does not exist
     * @throws dev.cachewarden.rest.ConflictException if it does not wait for approval, or another user must approve it
     */
    RunView approve(long id, Caller by, @Nullable Duration countdown);

    /** Returns whether a user may approve a run that waits for approval. */
    Approval approval(RunView run, Caller by);

    /**
     * The permission to approve a run.
     *
     * @param note the reason for a refusal, or a remark on the approval, as a sentence; null if there is none
     */
    record Approval(boolean allowed, @Nullable String note) {}

    /**
     * Cancels a run. A run that has not begun ends immediately. A run that deletes ends after the current batch and reports the deleted
     * records.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the run does not exist
     * @throws dev.cachewarden.rest.ConflictException if it has ended, or has nothing left to stop
     */
    RunView cancel(long id, Caller by);

    /**
     * Waits until a run has ended, on any replica.
     *
     * @param atMost the longest wait; after it, the method returns the run in its current state
     * @throws dev.cachewarden.rest.NotFoundException if the run does not exist
     */
    RunView await(long id, Duration atMost);

    /**
     * The runs that deleted the most.
     *
     * @param runs the runs, largest first
     * @param others the number of further runs
     */
    record Largest(List<RunView> runs, int others) {
        public Largest {
            runs = List.copyOf(runs);
        }
    }

    /**
     * A filter for runs. A run must match all conditions.
     *
     * @param states the states to include; empty for all states
     * @param builder the builder, or null for all builders
     * @param policy the policy, or null for all runs, with or without a policy
     */
    record RunFilter(
            Set<RunState> states,
            @Nullable BuilderId builder,
            @Nullable Long policy) {

        public static final RunFilter ALL = new RunFilter(Set.of(), null, null);

        public RunFilter {
            states = Set.copyOf(states);
        }
    }
}
