package dev.cachewarden.run.web;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.plan.RecordsCsv;
import dev.cachewarden.policy.web.Parameters;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.IdempotencyKey;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.CsvLists;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import dev.cachewarden.run.Runs.RunFilter;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The REST API for runs. */
@RestController
@RequestMapping("/api/v1/runs")
class RunController {

    private static final int ROWS_AT_A_TIME = 500;

    private final Runs runs;
    private final Plans plans;
    private final JsonMapper json;
    private final CsvLists csv;

    RunController(Runs runs, Plans plans, JsonMapper json, CsvLists csv) {
        this.csv = csv;
        this.runs = runs;
        this.plans = plans;
        this.json = json;
    }

    /**
     * Returns runs, newest first.
     *
     * @param state states of the runs; all if absent
     */
    @GetMapping
    Page<RunResponse> listRuns(
            @RequestParam(required = false) @Nullable Set<RunState> state,
            @RequestParam(required = false) @Nullable Long builder,
            @RequestParam(required = false) @Nullable Long policy,
            Paging paging) {
        return page(filter(state, builder, policy), paging.after(), paging.size());
    }

    /** Writes all runs as CSV. */
    @Hidden
    @GetMapping(produces = "text/csv")
    void listRunsAsCsv(
            @RequestParam(required = false) @Nullable Set<RunState> state,
            @RequestParam(required = false) @Nullable Long builder,
            @RequestParam(required = false) @Nullable Long policy,
            HttpServletResponse response)
            throws IOException {
        var filter = filter(state, builder, policy);
        csv.write(response, "runs", RunResponse.class, after -> page(filter, after, ROWS_AT_A_TIME));
    }

    private static RunFilter filter(@Nullable Set<RunState> state, @Nullable Long builder, @Nullable Long policy) {
        // A blank state is equivalent to an absent one. Spring converts it to null.
        Set<RunState> states = state == null
                ? Set.of()
                : state.stream().filter(Objects::nonNull).collect(Collectors.toSet());
        return new RunFilter(states, builder == null ? null : new BuilderId(builder), policy);
    }

    private Page<RunResponse> page(RunFilter filter, @Nullable String after, int size) {
        var page = runs.list(filter, after, size);
        return new Page<>(page.items().stream().map(RunResponse::of).toList(), page.next());
    }

    /**
     * Makes a plan and runs it in one call, with the same checks as two calls. The plan is stored, and the run deletes only what it lists.
     * Responds with 200 and a completed run if there is nothing to delete.
     *
     * @param wait how long to wait for the end of the run
     * @param countdown the time before the run begins, during which it can be canceled
     */
    @PostMapping
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<RunResponse> createRun(
            @RequestBody PlanRequest plan,
            @RequestParam(required = false) @Nullable String wait,
            @RequestParam(required = false) @Nullable String countdown,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            HttpServletRequest http) {
        var atMost = Parameters.waiting(wait);
        var request = new RunRequest(Caller.of(http), Parameters.countdown(countdown), IdempotencyKey.checked(key));
        var run = runs.await(runs.planAndStart(plan.toInput(), request).id(), atMost);
        return ResponseEntity.status(run.state().ended() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/api/v1/runs/" + run.id()))
                .body(RunResponse.of(run));
    }

    /**
     * Returns a run.
     *
     * @param wait how long to wait for its end
     */
    @GetMapping("/{id}")
    RunResponse getRun(@PathVariable long id, @RequestParam(required = false) @Nullable String wait) {
        return RunResponse.of(runs.await(id, Parameters.waiting(wait)));
    }

    /**
     * Returns the planned records with their outcomes, in the order of deletion.
     *
     * @param outcome outcome of the records; all if absent
     */
    @GetMapping("/{id}/records")
    Page<PlannedRecordResponse> listRunRecords(
            @PathVariable long id, @RequestParam(required = false) @Nullable RecordOutcome outcome, Paging paging) {
        return RecordLists.page(
                plans.records(run(id).plan().id(), new RecordFilter(outcome), paging.after(), paging.size()));
    }

    /** Writes all planned records with their outcomes as CSV. */
    @Hidden
    @GetMapping(path = "/{id}/records", produces = "text/csv")
    void listRunRecordsAsCsv(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable RecordOutcome outcome,
            HttpServletResponse response)
            throws IOException {
        RecordsCsv.write(plans, run(id).plan().id(), new RecordFilter(outcome), response, "run-" + id + ".csv");
    }

    /**
     * The document of an export, which is written piece by piece.
     *
     * @param run the run
     * @param plan its plan
     * @param records every planned record with its outcome
     */
    record RunExportResponse(RunResponse run, PlanResponse plan, List<PlannedRecordResponse> records) {}

    /** Writes the complete run as one document: the run, its plan, and every planned record with its outcome. */
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RunExportResponse.class)))
    @GetMapping("/{id}/export")
    void exportRun(@PathVariable long id, HttpServletResponse response) throws IOException {
        var run = run(id);
        var plan = plans.find(run.plan().id())
                .orElseThrow(() -> new NotFoundException("The plan of run " + id + " was deleted."));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"run-" + id + ".json\"");
        // Keeps only a few records in memory at a time.
        try (var out = json.createGenerator(response.getWriter())) {
            out.writeStartObject();
            out.writePOJOProperty("run", RunResponse.of(run));
            out.writePOJOProperty("plan", PlanResponse.of(plan));
            out.writeArrayPropertyStart("records");
            plans.forEachRecord(plan.id(), RecordFilter.ALL, record -> out.writePOJO(PlannedRecordResponse.of(record)));
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    /** Cancels a run. A run that deletes ends after its current batch. */
    @PostMapping("/{id}/cancel")
    RunResponse cancelRun(@PathVariable long id, HttpServletRequest request) {
        return RunResponse.of(runs.cancel(id, Caller.of(request)));
    }

    /** Approves a run that waits for approval. */
    @PostMapping("/{id}/approve")
    RunResponse approveRun(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String countdown,
            HttpServletRequest request) {
        return RunResponse.of(runs.approve(id, Caller.of(request), Parameters.countdown(countdown)));
    }

    private RunView run(long id) {
        return runs.find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
    }
}
