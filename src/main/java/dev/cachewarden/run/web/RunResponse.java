package dev.cachewarden.run.web;

import dev.cachewarden.plan.PlanView;
import dev.cachewarden.policy.web.SumResponse;
import dev.cachewarden.run.DeletionMethod;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run in a response.
 *
 * @param groupId the group of runs that were started together with this run, or null if it was started alone
 * @param missedBytes the planned bytes that were not deleted, or null before the run has ended
 * @param notes why it failed, ended early, or waited, as codes with their data
 * @param message the text of the notes, or null if there are none
 * @param policy version of the policy that the plan belongs to, or null for a manual plan
 * @param requested request for the run
 * @param approval approval of the run, or null if it has none
 * @param cancel cancellation of the run, or null if it has none
 * @param planned records of the plan
 * @param deleted deleted records
 * @param skipped skipped records
 * @param failed records that should be deleted but are not, or whose state is unknown
 */
record RunResponse(
        long id,
        long planId,
        long hostId,
        String hostName,
        long builderId,
        String engineId,
        PlanView.@Nullable PolicyVersion policy,
        RunState state,
        RunTrigger trigger,
        RunView.By requested,
        Instant startAt,
        RunView.@Nullable By approval,
        RunView.@Nullable By cancel,
        @Nullable Instant waitingSince,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable DeletionMethod method,
        SumResponse planned,
        SumResponse deleted,
        SumResponse skipped,
        SumResponse failed,
        @Nullable Long reportedBytes,
        @Nullable Long cacheBeforeBytes,
        @Nullable Long cacheAfterBytes,
        @Nullable Long diskFreeBeforeBytes,
        @Nullable Long diskFreeAfterBytes,
        @Nullable Long missedBytes,
        @Nullable Long groupId,
        List<RunNote> notes,
        @Nullable String message) {

    static RunResponse of(RunView run) {
        return new RunResponse(
                run.id(),
                run.plan().id(),
                run.target().host().value(),
                run.target().hostName(),
                run.target().builder().value(),
                run.target().engineId(),
                run.plan().policy(),
                run.state(),
                run.request().trigger(),
                run.request().by(),
                run.request().startAt(),
                run.request().approval(),
                run.course().cancel(),
                run.course().waitingSince(),
                run.course().startedAt(),
                run.course().endedAt(),
                run.course().method(),
                SumResponse.of(run.plan().planned()),
                SumResponse.of(run.result().deleted()),
                SumResponse.of(run.result().skipped()),
                SumResponse.of(run.result().failed()),
                SumResponse.bytes(run.result().reported()),
                SumResponse.bytes(run.result().cacheBefore()),
                SumResponse.bytes(run.result().cacheAfter()),
                SumResponse.bytes(run.result().diskFreeBefore()),
                SumResponse.bytes(run.result().diskFreeAfter()),
                run.state().ended() ? run.missed().bytes() : null,
                run.request().group(),
                run.course().notes(),
                run.message());
    }
}
