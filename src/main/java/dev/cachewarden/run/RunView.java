package dev.cachewarden.run;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.plan.PlanView.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a run.
 *
 * @param target the cache that it deletes from
 */
public record RunView(
        long id, Target target, Plan plan, RunState state, Request request, Course course, Result result) {

    /**
     * The plan that the run executes.
     *
     * @param policy the policy that the plan belongs to, or null if it was planned manually
     * @param planned the records of the plan
     */
    public record Plan(long id, @Nullable PolicyVersion policy, Amount planned) {}

    /**
     * How the run was started.
     *
     * @param startAt the end of the countdown
     * @param approval null if approval is not required, or is still pending
     * @param group the group of runs that were started together with this run, or null if it was started alone
     */
    public record Request(
            RunTrigger trigger,
            By by,
            Instant startAt,
            @Nullable By approval,
            @Nullable Long group) {}

    /**
     * The course of the run so far.
     *
     * @param cancel null if no user has canceled the run
     * @param waitingSince the time since when it waited for builds to release the cache, or null if it did not wait
     * @param startedAt the time when it began to delete, or null if it has not begun
     * @param endedAt null if it has not ended
     * @param method the deletion method, or null if it has not begun
     * @param notes why it failed, ended early, or waited
     */
    public record Course(
            @Nullable By cancel,
            @Nullable Instant waitingSince,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable DeletionMethod method,
            List<RunNote> notes) {

        public Course {
            notes = List.copyOf(notes);
        }
    }

    /**
     * The result of the run so far.
     *
     * @param deleted the deleted records, with the bytes that the builder reported for each of them
     * @param skipped the skipped records, each with a reason
     * @param failed the records that should be deleted but are not, or whose state is unknown
     * @param reported the total of freed bytes that the builder reported, or null if it reported none
     * @param cacheBefore the size of all records when the run began, or null if it was not read
     * @param cacheAfter the size of all records after the run, or null if it was not read
     * @param diskFreeBefore free space of the disk with the engine's data root when the run began, or null if it could not be measured
     * @param diskFreeAfter the same after the run
     */
    public record Result(
            Amount deleted,
            Amount skipped,
            Amount failed,
            @Nullable ByteSize reported,
            @Nullable ByteSize cacheBefore,
            @Nullable ByteSize cacheAfter,
            @Nullable ByteSize diskFreeBefore,
            @Nullable ByteSize diskFreeAfter) {

        /** Returns the number of records that are deleted, skipped, or failed. */
        long handled() {
            return deleted.records() + skipped.records() + failed.records();
        }
    }

    /**
     * A user action with its time and origin.
     *
     * @param token the first characters of the API token, or null if the user had none
     * @param address the address of the client, or null if the request did not come over the network or the address was not stored
     */
    public record By(
            String name,
            Instant at,
            @Nullable String token,
            @Nullable String address) {}

    /** Returns the text of the notes, or null if there are none. */
    public @Nullable String message() {
        return RunNote.text(course.notes());
    }

    /** Returns whether it can still be canceled before it starts or between two batches. */
    public boolean stoppable() {
        return course.cancel() == null && state.stoppable();
    }

    /** Returns the number of records that are deleted, skipped, or failed. */
    public long handled() {
        return result.handled();
    }

    /**
     * Returns the planned bytes that were not deleted, or zero if the goal was reached. The value is meaningful only after the run has
     * ended.
     */
    public ByteSize missed() {
        return plan.planned().size().minusOrZero(result.deleted().size());
    }

    /**
     * The speed of a run and its estimated remaining time.
     *
     * @param perSecond bytes deleted per second since it began to delete, pauses included
     * @param atLeast the lower bound of the remaining time
     * @param atMost the upper bound of the remaining time
     */
    public record Pace(ByteSize perSecond, Duration atLeast, Duration atMost) {}

    /**
     * Returns the speed of the run and its estimated remaining time. The time of a deletion depends on the number of records and on their
     * bytes. One estimate extrapolates from the records, the other from the bytes. The smaller one is the lower bound and the larger one
     * the upper bound.
     *
     * @return the pace, or null if the run is not deleting or has not deleted a record yet
     */
    public @Nullable Pace pace(Instant now) {
        var startedAt = course.startedAt();
        var planned = plan.planned();
        var deleted = result.deleted();
        if (state != RunState.RUNNING || startedAt == null || deleted.records() == 0) {
            return null;
        }
        long millis = Math.max(1, Duration.between(startedAt, now).toMillis());
        double byRecords = (double) millis / handled() * Math.max(0, planned.records() - handled());
        var passed = deleted.size()
                .plus(result.skipped().size())
                .plus(result.failed().size());
        double byBytes = (double) millis
                / Math.max(1, passed.bytes())
                * planned.size().minusOrZero(passed).bytes();
        return new Pace(
                new ByteSize((long) (deleted.size().bytes() * (1_000.0 / millis))),
                Duration.ofMillis((long) Math.min(byRecords, byBytes)),
                Duration.ofMillis((long) Math.max(byRecords, byBytes)));
    }
}
