package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.Split;
import dev.cachewarden.analytics.Splits;
import dev.cachewarden.analytics.steps.ClassSizes;
import dev.cachewarden.analytics.web.AnalyticsResponses.BuilderRateResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.CacheTransferResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.ClassResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.CostlyStepResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.KindResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.ProjectRateResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.ScenariosResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.SpanResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.TotalsResponse;
import dev.cachewarden.analytics.web.AnalyticsResponses.WorkResponse;
import dev.cachewarden.build.web.AskedSpans;
import dev.cachewarden.build.web.BuildQuery;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for figures over many builds. Each endpoint accepts the parameters of the build list. */
@RestController
@RequestMapping("/api/v1/analytics")
class AnalyticsController {

    private static final int MOST_STEPS = 500;

    private final BuildAnalytics analytics;
    private final ClassSizes sizes;
    private final Splits splits;
    private final HostRegistry hosts;
    private final InstantSource clock;

    AnalyticsController(
            BuildAnalytics analytics, ClassSizes sizes, Splits splits, HostRegistry hosts, InstantSource clock) {
        this.analytics = analytics;
        this.sizes = sizes;
        this.splits = splits;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** Returns the totals of all builds. */
    @GetMapping("/totals")
    TotalsResponse getTotals(BuildQuery query) {
        return TotalsResponse.of(analytics.totals(query.filter(hosts)));
    }

    /** Returns the figures over time, by default of the last seven days. */
    @GetMapping("/over-time")
    Page<SpanResponse> getFiguresOverTime(BuildQuery query, @RequestParam(defaultValue = "100") int points) {
        var spans = AskedSpans.of(query, points, clock.instant());
        return Page.whole(analytics.overTime(query.filter(hosts), spans.from(), spans.until(), spans.points()).stream()
                .map(SpanResponse::of)
                .toList());
    }

    /** Returns the figures by step class. */
    @GetMapping("/classes")
    Page<ClassResponse> listClassRates(BuildQuery query, Paging paging) {
        var filter = query.filter(hosts);
        return paging.of(
                "classes",
                ClassResponse.of(analytics.byClass(filter), sizes.of(filter)),
                one -> one.stepClass().name());
    }

    /** Returns the steps with the highest miss costs. */
    @GetMapping("/misses")
    Page<CostlyStepResponse> listMisses(BuildQuery query, Paging paging) {
        return paging.of(
                "misses",
                analytics.costliestMisses(query.filter(hosts), MOST_STEPS),
                CostlyStepResponse::of,
                step -> step.identity() + " " + step.project());
    }

    /** Returns the accumulated duration of steps by kind. */
    @GetMapping("/kinds")
    Page<KindResponse> listKinds(BuildQuery query, Paging paging) {
        return paging.of(
                "kinds",
                analytics.byKind(query.filter(hosts)),
                KindResponse::of,
                one -> one.kind().name());
    }

    /** Returns the time of builds by kind of work. */
    @GetMapping("/work")
    WorkResponse getWork(BuildQuery query) {
        return WorkResponse.of(analytics.workTimes(query.filter(hosts)));
    }

    /** Returns cache imports and exports. Hit rates do not include them. */
    @GetMapping("/cache-transfers")
    Page<CacheTransferResponse> listCacheTransfers(BuildQuery query, Paging paging) {
        return paging.of(
                "cache transfers",
                analytics.cacheTransfers(query.filter(hosts)),
                CacheTransferResponse::of,
                one -> one.kind().name());
    }

    /** Returns the figures by project, projects with the most builds first. */
    @GetMapping("/projects")
    Page<ProjectRateResponse> listProjectRates(BuildQuery query, Paging paging) {
        return paging.of(
                "projects",
                analytics.byProject(query.filter(hosts), MOST_STEPS),
                ProjectRateResponse::of,
                ProjectRateResponse::project);
    }

    /** Returns the figures by builder. */
    @GetMapping("/builders")
    Page<BuilderRateResponse> listBuilderRates(BuildQuery query, Paging paging) {
        return paging.of(
                "builder rates",
                analytics.byBuilder(query.filter(hosts)),
                BuilderRateResponse::of,
                one -> Long.toString(one.builderId()));
    }

    /**
     * Returns build durations by scenario, before and after a split.
     *
     * @param split split in one of the forms of {@link Splits#FORMS}, or null to have all builds on one side
     */
    @GetMapping("/scenarios")
    ScenariosResponse getScenarios(BuildQuery query, @RequestParam(required = false) @Nullable String split) {
        var filter = query.filter(hosts);
        Split read = splits.read(split, filter).orElse(null);
        return ScenariosResponse.of(read, analytics.scenarios(filter, read == null ? null : read.at()));
    }
}
