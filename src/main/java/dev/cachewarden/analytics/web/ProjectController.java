package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.Splits;
import dev.cachewarden.analytics.steps.ClassSizes;
import dev.cachewarden.analytics.web.AnalyticsResponses.CacheTransferResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.ClassResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.CostlyStepResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.ScenariosResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.SpanResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.TotalsResponse;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.Builds;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The REST API that returns all data of one project. The name is a query parameter, because it can contain slashes and all other characters
 * of a repository URL.
 */
@RestController
class ProjectController {

    private static final Duration USUAL_RANGE = Duration.ofDays(30);
    private static final int POINTS = 60;
    private static final int MISSES = 15;
    private static final int SENT = 50;

    private final Builds builds;
    private final BuildAnalytics analytics;
    private final ClassSizes sizes;
    private final Splits splits;
    private final InstantSource clock;

    ProjectController(Builds builds, BuildAnalytics analytics, ClassSizes sizes, Splits splits, InstantSource clock) {
        this.builds = builds;
        this.analytics = analytics;
        this.sizes = sizes;
        this.splits = splits;
        this.clock = clock;
    }

    /** The context transfer of one build. */
    record SentResponse(long buildId, Instant startedAt, long transferredBytes) {}

    /**
     * Figures of the builds of a project within a time range.
     *
     * @param overTime figures of spans of equal length, without spans that have no builds
     * @param sent context transfers of the latest successful builds, oldest first
     * @param contextGrowth growth of the build context; null if the latest builds send no more than usual, or if there are too few
     *     builds
     */
    record ProjectResponse(
            String project,
            Instant from,
            Instant until,
            TotalsResponse totals,
            List<SpanResponse> overTime,
            List<ClassResponse> classes,
            List<CacheTransferResponse> cacheTransfers,
            ScenariosResponse scenarios,
            List<CostlyStepResponse> misses,
            List<SentResponse> sent,
            @Nullable GrowthResponse contextGrowth) {}

    /**
     * Returns the figures of a project.
     *
     * @param name full name of the project
     * @param from start of the time range; by default 30 days before its end
     * @param split split as in {@code /analytics/scenarios}
     */
    @GetMapping("/api/v1/project")
    ProjectResponse getProject(
            @RequestParam String name,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable String split) {
        var end = until == null ? clock.instant() : until;
        var begin = from == null ? end.minus(USUAL_RANGE) : from;
        if (!begin.isBefore(end)) {
            throw new InvalidInputException("from", "must be before until");
        }
        var whole = BuildFilter.ofProject(name.strip());
        if (!builds.anyOf(name.strip())) {
            throw new NotFoundException("Project '" + name.strip() + "' has no builds.");
        }
        var filter = whole.within(begin, end);
        var parted = splits.read(split, filter).orElse(null);
        return new ProjectResponse(
                name.strip(),
                begin,
                end,
                TotalsResponse.of(analytics.totals(filter)),
                analytics.overTime(filter, begin, end, POINTS).stream()
                        .map(SpanResponse::of)
                        .toList(),
                ClassResponse.of(analytics.byClass(filter), sizes.of(filter)),
                analytics.cacheTransfers(filter).stream()
                        .map(CacheTransferResponse::of)
                        .toList(),
                ScenariosResponse.of(parted, analytics.scenarios(filter, parted == null ? null : parted.at())),
                analytics.costliestMisses(filter, MISSES).stream()
                        .map(CostlyStepResponse::of)
                        .toList(),
                analytics.sent(filter, SENT).stream()
                        .map(sent -> new SentResponse(sent.build(), sent.at(), sent.bytes()))
                        .toList(),
                analytics.growth(filter).map(GrowthResponse::of).orElse(null));
    }
}
