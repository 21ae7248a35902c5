package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.steps.Lookup;
import dev.cachewarden.analytics.steps.StepReport;
import dev.cachewarden.analytics.steps.StepReports;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.web.BuildResponse.Rate;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.CsvLists;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for one step across builds. */
@RestController
class StepReportController {

    private static final int MOST_AT_A_TIME = 200;

    private final StepReports reports;
    private final CsvLists csv;

    StepReportController(StepReports reports, CsvLists csv) {
        this.csv = csv;
        this.reports = reports;
    }

    /**
     * Returns the report of a step that BuildKit looks up in the cache.
     *
     * @param project full name of the project
     * @param identity identity, as in the steps of a build
     * @param from earliest start of a build, inclusive
     * @param until latest start of a build, exclusive
     */
    @GetMapping("/api/v1/step")
    StepReportResponse getStepReport(
            @RequestParam String project,
            @RequestParam String identity,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST_AT_A_TIME) {
            throw new InvalidInputException("limit", "must be from 1 to " + MOST_AT_A_TIME + ", not " + limit);
        }
        return reports.of(filter(project, from, until), identity.strip(), after, limit)
                .map(StepReportResponse::of)
                .orElseThrow(() -> missing(project, identity));
    }

    /**
     * Returns the builds that looked up the step, latest first.
     *
     * @param project full name of the project
     * @param identity identity, as in the steps of a build
     * @param from earliest start of a build, inclusive
     * @param until latest start of a build, exclusive
     */
    @GetMapping("/api/v1/step/builds")
    Page<StepReportResponse.LookupResponse> listStepBuilds(
            @RequestParam String project,
            @RequestParam String identity,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            Paging paging) {
        return lookups(filter(project, from, until), project, identity, paging.after(), paging.size());
    }

    /** Writes all of these builds as CSV. */
    @Hidden
    @GetMapping(path = "/api/v1/step/builds", produces = "text/csv")
    void listStepBuildsAsCsv(
            @RequestParam String project,
            @RequestParam String identity,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            HttpServletResponse response)
            throws IOException {
        var filter = filter(project, from, until);
        csv.write(
                response,
                "step-builds",
                StepReportResponse.LookupResponse.class,
                after -> lookups(filter, project, identity, after, MOST_AT_A_TIME));
    }

    private Page<StepReportResponse.LookupResponse> lookups(
            BuildFilter filter, String project, String identity, @Nullable String after, int limit) {
        var page =
                reports.lookups(filter, identity.strip(), after, limit).orElseThrow(() -> missing(project, identity));
        return new Page<>(
                page.items().stream().map(StepReportResponse.LookupResponse::of).toList(), page.next());
    }

    private static BuildFilter filter(String project, @Nullable Instant from, @Nullable Instant until) {
        if (from != null && until != null && !from.isBefore(until)) {
            throw new InvalidInputException("from", "must be before until");
        }
        return BuildFilter.ofProject(project.strip()).within(from, until);
    }

    private static NotFoundException missing(String project, String identity) {
        return new NotFoundException(
                "Project '" + project.strip() + "' has no step '" + identity.strip() + "' with cache lookups.");
    }

    /**
     * One step of a project across builds. Totals include only successful builds.
     *
     * @param text latest instruction of the step
     * @param lastBuildId ID of the latest build with this step
     * @param runs number of runs with a known duration
     * @param p50 median duration of the runs, or null if no duration is known
     * @param p95 95th percentile of the duration of the runs, or null if no duration is known
     * @param missed accumulated duration of the runs
     * @param record record that currently holds the result of the step in the latest build of a known builder, or null if unknown
     * @param lastMiss downstream steps in the latest build where this step was the first miss, or null if there is none in this time range
     * @param lookups lookups of the step, latest first
     */
    record StepReportResponse(
            String project,
            String identity,
            StepKind kind,
            @Nullable String platform,
            @Nullable String stage,
            String text,
            StepClass stepClass,
            String classReason,
            long lastBuildId,
            Rate hitRate,
            int runs,
            @Nullable Duration p50,
            @Nullable Duration p95,
            Duration missed,
            @Nullable HeldRecordResponse record,
            @Nullable CascadeResponse lastMiss,
            Page<LookupResponse> lookups) {

        static StepReportResponse of(StepReport report) {
            var step = report.step();
            var figures = report.figures();
            return new StepReportResponse(
                    step.project(),
                    step.identity(),
                    step.kind(),
                    step.platform(),
                    step.stage(),
                    step.text(),
                    step.stepClass(),
                    step.classReason(),
                    step.lastBuild().value(),
                    Rate.of(figures.hitRate()),
                    figures.runs(),
                    figures.p50(),
                    figures.p95(),
                    figures.missed(),
                    HeldRecordResponse.of(report.record()),
                    CascadeResponse.of(report.cascade()),
                    new Page<>(
                            report.lookups().items().stream()
                                    .map(LookupResponse::of)
                                    .toList(),
                            report.lookups().next()));
        }

        /**
         * The consequences of a miss.
         *
         * @param step number of the step in that build
         * @param cause cause of the miss, in words
         * @param steps steps that ran and that depend on this root miss and on no other one
         */
        record CascadeResponse(long buildId, int step, String cause, List<FollowerResponse> steps) {
            static @Nullable CascadeResponse of(StepReport.@Nullable Cascade cascade) {
                return cascade == null
                        ? null
                        : new CascadeResponse(
                                cascade.build().value(),
                                cascade.step(),
                                cascade.cause(),
                                cascade.steps().stream()
                                        .map(FollowerResponse::of)
                                        .toList());
            }
        }

        /**
         * A downstream step.
         *
         * @param duration duration, or null if unknown
         */
        record FollowerResponse(
                int number,
                String identity,
                String name,
                @Nullable Duration duration) {
            static FollowerResponse of(BuildStep step) {
                return new FollowerResponse(step.number(), step.identity(), step.name(), step.duration());
            }
        }

        /**
         * The step in one build.
         *
         * @param startedAt start of the build
         * @param step number of the step in that build
         * @param state state: {@code CACHED} is a hit, {@code DONE} and {@code FAILED} are misses
         * @param counted whether hit rates include this lookup
         * @param duration duration of the step, or null if it did not run or its duration is unknown
         * @param first whether the step was the first miss of that build
         * @param because number of the upstream step that missed, or null if none did
         * @param why reason for the miss, in words, or null if the step did not miss
         */
        record LookupResponse(
                long buildId,
                BuildState buildState,
                Instant startedAt,
                int step,
                VertexState state,
                boolean counted,
                @Nullable Duration duration,
                boolean first,
                @Nullable Integer because,
                @Nullable String why) {
            static LookupResponse of(Lookup lookup) {
                var why = lookup.why();
                return new LookupResponse(
                        lookup.build().value(),
                        lookup.buildState(),
                        lookup.startedAt(),
                        lookup.step(),
                        lookup.state(),
                        lookup.counted(),
                        lookup.duration(),
                        why instanceof Lookup.Why.First,
                        why instanceof Lookup.Why.After after ? after.step() : null,
                        why == null ? null : why.text());
            }
        }
    }
}
