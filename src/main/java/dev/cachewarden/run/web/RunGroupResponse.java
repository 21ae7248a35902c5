package dev.cachewarden.run.web;

import dev.cachewarden.plan.PlanView;
import dev.cachewarden.policy.web.SumResponse;
import dev.cachewarden.run.RunGroupView;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import java.util.List;

/**
 * A group of runs in a response.
 *
 * @param ended whether every run has ended
 * @param withoutRun hosts without a run, each with the reason
 */
record RunGroupResponse(
        long id,
        PlanView.PolicyVersion policy,
        RunTrigger trigger,
        RunView.By requested,
        boolean ended,
        SumResponse planned,
        SumResponse deleted,
        List<RunResponse> runs,
        List<RunGroupView.WithoutRun> withoutRun) {

    static RunGroupResponse of(RunGroupView group) {
        return new RunGroupResponse(
                group.id(),
                group.policy(),
                group.trigger(),
                group.requested(),
                group.ended(),
                SumResponse.of(group.planned()),
                SumResponse.of(group.deleted()),
                group.runs().stream().map(RunResponse::of).toList(),
                group.withoutRun());
    }
}
