package dev.cachewarden.prune.web;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.Plans.RecordFilter;
import dev.cachewarden.prune.RecordOutcome;
import dev.cachewarden.prune.RunRequest;
import dev.cachewarden.prune.RunState;
import dev.cachewarden.prune.RunView;
import dev.cachewarden.prune.Runs;
import dev.cachewarden.prune.Runs.RunFilter;
import dev.cachewarden.prune.csv.RecordsCsv;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

/** Runs over REST. */
@RestController
@RequestMapping("/api/v1/runs")
class RunController {

    private final Runs runs;
    private final Plans plans;
    private final JsonMapper json;

    RunController(Runs runs, Plans plans, JsonMapper json) {
        this.runs = runs;
        this.plans = plans;
        this.json = json;
    }

    /** Runs, newest first. */
    @GetMapping
    Page<RunResponse> list(
            @RequestParam(required = false) @Nullable Set<RunState> state,
            @RequestParam(required = false) @Nullable Long builder,
            @RequestParam(required = false) @Nullable Long policy,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Parameters.DEFAULT_LIMIT) int limit) {
        // A blank one is as good as absent; Spring makes it null.
        Set<RunState> states = state == null
                ? Set.of()
                : state.stream().filter(Objects::nonNull).collect(Collectors.toSet());
        var filter = new RunFilter(states, builder == null ? null : new BuilderId(builder), policy);
        var page = runs.list(filter, after, Parameters.limit(limit));
        return new Page<>(page.items().stream().map(RunResponse::of).toList(), page.next());
    }

    /**
     * Plans and runs in one call, with the same checks as in two: the plan is stored, and deletes what it lists. Answers 200 with a
     * run that is done if there is nothing to delete.
     *
     * @param wait how long to wait for the end
     * @param countdown how long the run can be called off before it begins
     */
    @PostMapping
    ResponseEntity<RunResponse> planAndRun(
            @RequestBody PlanRequest plan,
            @RequestParam(required = false) @Nullable String wait,
            @RequestParam(required = false) @Nullable String countdown,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest http) {
        var atMost = Parameters.waiting(wait);
        var request = new RunRequest(Caller.of(http), Parameters.countdown(countdown), Parameters.idempotencyKey(key));
        var run = runs.await(runs.planAndStart(plan.toInput(), request).id(), atMost);
        return ResponseEntity.status(run.state().ended() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/api/v1/runs/" + run.id()))
                .body(RunResponse.of(run));
    }

    /** @param wait how long to wait for its end */
    @GetMapping("/{id}")
    RunResponse one(@PathVariable long id, @RequestParam(required = false) @Nullable String wait) {
        return RunResponse.of(runs.await(id, Parameters.waiting(wait)));
    }

    /** The planned records in the order of deletion, with what became of each. */
    @GetMapping("/{id}/records")
    Page<PlannedRecordResponse> records(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable RecordOutcome outcome,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Parameters.DEFAULT_LIMIT) int limit) {
        return RecordLists.page(
                plans.records(run(id).planId(), new RecordFilter(outcome), after, Parameters.limit(limit)));
    }

    /** The same, all of them, as CSV. */
    @GetMapping(path = "/{id}/records", produces = "text/csv")
    void recordsAsCsv(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable RecordOutcome outcome,
            HttpServletResponse response)
            throws IOException {
        RecordsCsv.write(plans, run(id).planId(), new RecordFilter(outcome), response, "run-" + id + ".csv");
    }

    /** The whole run as one document: itself, its plan, and every planned record with what became of it. */
    @GetMapping("/{id}/export")
    void export(@PathVariable long id, HttpServletResponse response) throws IOException {
        var run = run(id);
        var plan = plans.find(run.planId())
                .orElseThrow(() -> new NotFoundException("The plan of run " + id + " is gone."));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"run-" + id + ".json\"");
        // A few records in memory at a time.
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

    /** Calls it off; one that deletes ends after its present batch. */
    @PostMapping("/{id}/cancel")
    RunResponse cancel(@PathVariable long id, HttpServletRequest request) {
        return RunResponse.of(runs.cancel(id, Caller.of(request)));
    }

    /** Lets one go that waits for a person. */
    @PostMapping("/{id}/approve")
    RunResponse approve(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String countdown,
            HttpServletRequest request) {
        return RunResponse.of(runs.approve(id, Caller.of(request), Parameters.countdown(countdown)));
    }

    private RunView run(long id) {
        return runs.find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
    }
}
