package dev.cachewarden.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a plan, as it stands.
 *
 * @param hostName as it was called when planned
 * @param policy whose plan it is; null: planned by hand
 * @param startAt end of its countdown
 * @param approval null: not needed, or not given yet
 * @param cancel null: nobody asked to stop it
 * @param waitingSince since when it waited for builds to let go of the cache; null: it did not wait
 * @param startedAt when it began to delete; null: not yet
 * @param endedAt null: not yet
 * @param method by which way it deletes, in words; null: has not begun
 * @param planned what the plan lists
 * @param deleted what went; its bytes as the builder told them for each record
 * @param skipped passed over, each with a reason
 * @param failed should be gone and is not, or nobody can tell
 * @param reported the builder's own sum of what it freed; null: none was told
 * @param cacheBefore all records when the run began; null: not read
 * @param cacheAfter all records after it; null: not read
 * @param diskFreeBefore under the engine's data root when the run began; null: not to be seen from here
 * @param diskFreeAfter the same after it
 * @param group the start of a policy on several engines that it is a part of; null: none
 * @param message why it failed, ended early, or waits; null: nothing to say
 */
public record RunView(
        long id,
        long planId,
        HostId host,
        String hostName,
        BuilderId builder,
        String engineId,
        PlanView.@Nullable PolicyVersion policy,
        RunState state,
        RunTrigger trigger,
        By requested,
        Instant startAt,
        @Nullable By approval,
        @Nullable By cancel,
        @Nullable Instant waitingSince,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String method,
        Amount planned,
        Amount deleted,
        Amount skipped,
        Amount failed,
        @Nullable ByteSize reported,
        @Nullable ByteSize cacheBefore,
        @Nullable ByteSize cacheAfter,
        @Nullable ByteSize diskFreeBefore,
        @Nullable ByteSize diskFreeAfter,
        @Nullable Long group,
        @Nullable String message) {

    /**
     * Who did something, when, and from where.
     *
     * @param token first characters of the API token; null: none was used
     * @param address of the machine it was asked from; null: not asked over the network, or not kept
     */
    public record By(
            String name,
            Instant at,
            @Nullable String token,
            @Nullable String address) {}

    /** Whether it can still be canceled, or stopped after the current batch. */
    public boolean stoppable() {
        return cancel == null
                && switch (state) {
                    case AWAITING_APPROVAL, COUNTDOWN, WAITING_FOR_BUILDS, RUNNING -> true;
                    case VERIFYING, DONE, PARTLY, FAILED, CANCELLED -> false;
                };
    }

    /** Records that something became of. */
    public long handled() {
        return deleted.records() + skipped.records() + failed.records();
    }

    /** What was planned and did not go; zero: the goal was reached. Means nothing before the run has ended. */
    public ByteSize missed() {
        return planned.size().minusOrZero(deleted.size());
    }

    /**
     * How fast a run deletes.
     *
     * @param perSecond since it began to delete, pauses included
     * @param atLeast how long it still takes if all goes well
     * @param atMost the same if it does not
     */
    public record Pace(ByteSize perSecond, Duration atLeast, Duration atMost) {}

    /**
     * How fast it deletes, and how long it may still take: builders take their time by the record as well as by the byte, so one way
     * of reckoning gives the lower bound and the other the upper.
     *
     * @return null while nothing is deleted
     */
    public @Nullable Pace pace(Instant now) {
        if (state != RunState.RUNNING || startedAt == null || deleted.records() == 0) {
            return null;
        }
        long millis = Math.max(1, Duration.between(startedAt, now).toMillis());
        double byRecords = (double) millis / handled() * Math.max(0, planned.records() - handled());
        var passed = deleted.size().plus(skipped.size()).plus(failed.size());
        double byBytes = (double) millis
                / Math.max(1, passed.bytes())
                * planned.size().minusOrZero(passed).bytes();
        return new Pace(
                new ByteSize((long) (deleted.size().bytes() * (1_000.0 / millis))),
                Duration.ofMillis((long) Math.min(byRecords, byBytes)),
                Duration.ofMillis((long) Math.max(byRecords, byBytes)));
    }
}
