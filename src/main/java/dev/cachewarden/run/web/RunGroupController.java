package dev.cachewarden.run.web;

import dev.cachewarden.plan.PlanView;
import dev.cachewarden.policy.store.NoRun;
import dev.cachewarden.policy.web.SumResponse;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import dev.cachewarden.run.RunGroupView;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for runs that were started together. */
@RestController
@RequestMapping("/api/v1/runs/groups/{id}")
class RunGroupController {

    private final Runs runs;

    RunGroupController(Runs runs) {
        this.runs = runs;
    }

    /** Returns every run of the group, and the hosts without a run. */
    @GetMapping
    RunGroupResponse getRunGroup(@PathVariable long id) {
        return RunGroupResponse.of(group(id));
    }

    /** Returns the runs of the group as a list. */
    @GetMapping("/runs")
    Page<RunResponse> listGroupRuns(@PathVariable long id, Paging paging) {
        return paging.of("runs of group " + id, group(id).runs(), RunResponse::of, run -> Long.toString(run.id()));
    }

    private RunGroupView group(long id) {
        return runs.group(id).orElseThrow(() -> new NotFoundException("There is no run group " + id + "."));
    }

    /** Cancels every run that can still be canceled. A run that deletes ends after its current batch. */
    @PostMapping("/cancel")
    RunGroupResponse cancelRunGroup(@PathVariable long id, HttpServletRequest request) {
        return RunGroupResponse.of(runs.cancelAll(id, Caller.of(request)));
    }

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
}
