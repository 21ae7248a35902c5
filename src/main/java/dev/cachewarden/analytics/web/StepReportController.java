package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.steps.StepReports;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for one step across builds. */
@RestController
class StepReportController {

    private static final int MOST_AT_A_TIME = 200;

    private final StepReports reports;

    StepReportController(StepReports reports) {
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
        if (from != null && until != null && !from.isBefore(until)) {
            throw new InvalidInputException("from", "must be before until");
        }
        var filter = BuildFilter.ofProject(project.strip()).within(from, until);
        return reports.of(filter, identity.strip(), after, limit)
                .map(StepReportResponse::of)
                .orElseThrow(() -> new NotFoundException("Project '" + project.strip() + "' has no step '"
                        + identity.strip() + "' with cache lookups."));
    }
}
