package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analytics.BuildAnalytics;
import dev.cachewarden.build.analytics.Splits;
import dev.cachewarden.build.held.ClassSizes;
import dev.cachewarden.build.web.AnalyticsResponses.CacheTransferResponse;
import dev.cachewarden.build.web.AnalyticsResponses.ClassResponse;
import dev.cachewarden.build.web.AnalyticsResponses.CostlyStepResponse;
import dev.cachewarden.build.web.AnalyticsResponses.ScenariosResponse;
import dev.cachewarden.build.web.AnalyticsResponses.SpanResponse;
import dev.cachewarden.build.web.AnalyticsResponses.TotalsResponse;
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

/** One project in one answer. Its name stands in the query: it may hold slashes and whatever else a repository's address does. */
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

    /** What a build sent to its builder. */
    record SentResponse(long buildId, Instant startedAt, long transferredBytes) {}

    /**
     * What is known of a project's builds within a time.
     *
     * @param overTime spans of equal length, those without builds left out
     * @param sent by the latest builds that ended well, oldest first
     * @param contextGrowth null: the latest builds send no more than usual, or there are too few
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
     * @param name its whole name
     * @param from the last 30 days unless told
     * @param split as with {@code /analytics/scenarios}
     */
    @GetMapping("/api/v1/project")
    ProjectResponse project(
            @RequestParam String name,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable String split) {
        var end = until == null ? clock.instant() : until;
        var begin = from == null ? end.minus(USUAL_RANGE) : from;
        if (!begin.isBefore(end)) {
            throw new InvalidInputException("from", "is not before until");
        }
        var whole = BuildFilter.ofProject(name.strip());
        if (!builds.anyOf(name.strip())) {
            throw new NotFoundException("There is no build of a project '" + name.strip() + "'.");
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
