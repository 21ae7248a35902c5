package dev.cachewarden.run.web;

import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.run.RunOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The result of planning or running for one host.
 *
 * @param plan the plan, or null if no plan was requested or made
 * @param run the run, or null if no run was requested or created
 * @param reason why there is neither, or null if there is one
 */
record HostOutcomeResponse(
        String hostName,
        @Nullable PlanResponse plan,
        @Nullable RunResponse run,
        @Nullable String reason) {

    public static HostOutcomeResponse of(PlanOutcome outcome) {
        return switch (outcome) {
            case PlanOutcome.Planned planned ->
                new HostOutcomeResponse(planned.hostName(), PlanResponse.of(planned.plan()), null, null);
            case PlanOutcome.Refused refused ->
                new HostOutcomeResponse(refused.hostName(), null, null, refused.reason());
        };
    }

    public static HostOutcomeResponse of(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Requested requested ->
                new HostOutcomeResponse(requested.hostName(), null, RunResponse.of(requested.run()), null);
            case RunOutcome.NothingToDelete nothing ->
                new HostOutcomeResponse(nothing.hostName(), null, null, "The policy deletes nothing there.");
            case RunOutcome.Refused refused ->
                new HostOutcomeResponse(refused.hostName(), null, null, refused.reason());
        };
    }
}
