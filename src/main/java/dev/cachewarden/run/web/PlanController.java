package dev.cachewarden.run.web;

import dev.cachewarden.plan.Plans;
import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.plan.RecordsCsv;
import dev.cachewarden.policy.web.Parameters;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.IdempotencyKey;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.Runs;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for plans. */
@RestController
@RequestMapping("/api/v1/plans")
class PlanController {

    private final Plans plans;
    private final Runs runs;

    PlanController(Plans plans, Runs runs) {
        this.plans = plans;
        this.runs = runs;
    }

    /** Makes a manual plan from the last snapshot. It deletes nothing. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PlanResponse> createPlan(@RequestBody PlanRequest request, Principal principal) {
        var plan = plans.make(request.toInput(), principal.getName());
        return ResponseEntity.created(URI.create("/api/v1/plans/" + plan.id())).body(PlanResponse.of(plan));
    }

    /** Returns a plan. */
    @GetMapping("/{id}")
    PlanResponse getPlan(@PathVariable long id) {
        return plans.find(id)
                .map(PlanResponse::of)
                .orElseThrow(() -> new NotFoundException("There is no plan " + id + "."));
    }

    /** Returns the planned records in the order of deletion. */
    @GetMapping("/{id}/records")
    Page<PlannedRecordResponse> listPlanRecords(@PathVariable long id, Paging paging) {
        return RecordLists.page(plans.records(id, RecordFilter.ALL, paging.after(), paging.size()));
    }

    /** Writes all planned records as CSV. */
    @Hidden
    @GetMapping(path = "/{id}/records", produces = "text/csv")
    void listPlanRecordsAsCsv(@PathVariable long id, HttpServletResponse response) throws IOException {
        RecordsCsv.write(plans, id, RecordFilter.ALL, response, "plan-" + id + ".csv");
    }

    /**
     * Runs the plan. Responds with 202 and the location of the run, or with 200 if it ended within the time to wait.
     *
     * @param wait how long to wait for the end of the run
     * @param countdown the time before the run begins, during which it can be canceled
     */
    @PostMapping("/{id}/run")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<RunResponse> runPlan(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String wait,
            @RequestParam(required = false) @Nullable String countdown,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            HttpServletRequest http) {
        var atMost = Parameters.waiting(wait);
        var request = new RunRequest(Caller.of(http), Parameters.countdown(countdown), IdempotencyKey.checked(key));
        var run = runs.await(runs.start(id, request).id(), atMost);
        return ResponseEntity.status(run.state().ended() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/api/v1/runs/" + run.id()))
                .body(RunResponse.of(run));
    }
}
