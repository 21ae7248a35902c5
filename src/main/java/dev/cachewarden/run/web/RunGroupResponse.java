package dev.cachewarden.run.web;

import dev.cachewarden.plan.PlanView;
import dev.cachewarden.policy.web.SumResponse;
import dev.cachewarden.run.NoRun;
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
        List<WithoutRun> withoutRun) {

    /**
     * A host without a run.
     *
     * @param nothing whether there was nothing to delete
     * @param code the reason, as a code
     * @param reason the reason, as text
     */
    record WithoutRun(String host, boolean nothing, NoRun.Code code, String reason) {

        static WithoutRun of(RunGroupView.WithoutRun host) {
            var code = host.why().code();
            return new WithoutRun(host.host(), code == NoRun.Code.NOTHING_TO_DELETE, code, host.reason());
        }
    }

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
                group.withoutRun().stream().map(WithoutRun::of).toList());
    }
}
