package dev.cachewarden.prune;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs: stored before anything is deleted, one at a time on an engine, and closed with what really went. */
public interface Runs {

    /**
     * Runs a plan that somebody has seen. The run is stored, and starts by itself after the countdown, or after approval where its
     * policy asks for one. The run of a plan that lists nothing is done at once.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such plan
     * @throws dev.cachewarden.rest.ConflictException if the plan cannot be run (any more), or its engine is being pruned
     */
    RunView start(long planId, RunRequest request);

    /**
     * Plans for one builder from its last reading, and runs the plan. A plan that lists nothing gives a run that is done already.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming every field that cannot be accepted
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host or builder
     * @throws dev.cachewarden.rest.ConflictException if it cannot be planned or run now, or its idempotency key was used for another host
     */
    RunView planAndStart(PlanInput input, RunRequest request);

    /**
     * Reads every engine in a policy's scope anew, plans, and runs the plans.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such policy
     * @throws dev.cachewarden.rest.ConflictException if the policy only reports
     */
    List<RunOutcome> startFor(long policyId, RunRequest request);

    /**
     * Runs plans of one policy that somebody has seen, as one group.
     *
     * @param planIds of the same policy; at least one
     * @throws dev.cachewarden.rest.NotFoundException if there is no such plan
     */
    RunGroupView startAll(List<Long> planIds, RunRequest request);

    /** Runs that were started together, with the hosts that got none. */
    Optional<RunGroupView> group(long id);

    /**
     * Cancels every run of a group that can still be canceled.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such group
     * @throws dev.cachewarden.rest.ConflictException if none can
     */
    RunGroupView cancelAll(long group, Caller by);

    Optional<RunView> find(long id);

    /**
     * Runs, newest first.
     *
     * @param after cursor from the part before; null: from the newest
     * @param limit from 1 to 1,000
     */
    Page<RunView> list(RunFilter filter, @Nullable String after, int limit);

    /**
     * Of the runs that ended within a time and deleted something, those that deleted the most.
     *
     * @param builders of any of these; null: of any builder
     * @param from inclusive
     * @param until exclusive
     */
    Largest largest(@Nullable Set<BuilderId> builders, Instant from, Instant until, int limit);

    /**
     * Lets a waiting run go, after the usual countdown or the one given.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such run
     * @throws dev.cachewarden.rest.ConflictException if it does not wait for approval, or another person must approve it
     */
    RunView approve(long id, Caller by, @Nullable Duration countdown);

    /** Whether a person may approve a run that waits for approval. */
    Approval approval(RunView run, Caller by);

    /**
     * Whether a person may approve a run.
     *
     * @param note why not, or what to know about it, as a sentence; null: nothing
     */
    record Approval(boolean allowed, @Nullable String note) {}

    /**
     * Calls a run off. One that has not begun ends at once; one that deletes ends after the present batch, and tells what is gone.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such run
     * @throws dev.cachewarden.rest.ConflictException if it has ended, or has nothing left to stop
     */
    RunView cancel(long id, Caller by);

    /**
     * Waits for the end of a run, on whichever replica.
     *
     * @param atMost after this the run is given as it stands
     * @throws dev.cachewarden.rest.NotFoundException if there is no such run
     */
    RunView await(long id, Duration atMost);

    /**
     * The largest of some runs.
     *
     * @param runs the largest first
     * @param others how many more there are
     */
    record Largest(List<RunView> runs, int others) {
        public Largest {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Which runs to list. All conditions must hold.
     *
     * @param states empty: in any state
     * @param builder null: of any builder
     * @param policy null: of any policy or none
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
