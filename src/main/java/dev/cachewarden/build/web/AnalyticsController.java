package dev.cachewarden.build.web;

import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.analysis.ScenarioTable;
import dev.cachewarden.build.analytics.BuildAnalytics;
import dev.cachewarden.build.step.StepClass;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.build.web.BuildResponse.Rate;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What many builds say together. Each takes the parameters of the list of builds. */
@RestController
@RequestMapping("/api/v1/analytics")
class AnalyticsController {

    private static final Duration USUAL_RANGE = Duration.ofDays(7);
    private static final int MOST_POINTS = 2_000;
    private static final int MOST_STEPS = 500;

    private final BuildAnalytics analytics;
    private final InstantSource clock;

    AnalyticsController(BuildAnalytics analytics, InstantSource clock) {
        this.analytics = analytics;
        this.clock = clock;
    }

    /** Sums of all. */
    record TotalsResponse(
            int builds,
            int failed,
            Rate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            Duration saved) {}

    /** Builds that started in a span of time. */
    record SpanResponse(
            Instant from,
            int builds,
            Rate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            long transferredBytes) {}

    /** @param missed how long steps of this class took where they missed, in sum */
    record ClassResponse(StepClass stepClass, Rate hitRate, Duration missed) {}

    /** A step over builds. */
    record CostlyStepResponse(
            String identity,
            String project,
            @Nullable String stage,
            String text,
            StepClass stepClass,
            Rate hitRate,
            Duration missed,
            long lastMissBuildId,
            @Nullable String cause) {}

    /** How long steps of one kind took, in sum. */
    record KindResponse(StepKind kind, int steps, Duration time) {}

    /** Builds of one project. */
    record ProjectResponse(
            String project,
            int builds,
            Rate hitRate,
            @Nullable Duration p50,
            Instant lastBuilt) {}

    /** @param spread which part of the builds lies between {@code from} and {@code to} */
    record SideResponse(int builds, Duration median, Duration from, Duration to, ScenarioTable.Spread spread) {
        static @Nullable SideResponse of(ScenarioTable.@Nullable Side side) {
            return side == null
                    ? null
                    : new SideResponse(side.n(), side.median(), side.from(), side.to(), side.spread());
        }
    }

    /**
     * Builds of one scenario.
     *
     * @param gain by how much the median fell, as a part of what it was; null: nothing to hold it against
     * @param doubt why not to rely on the gain; null: nothing speaks against it
     */
    record ScenarioResponse(
            Scenario scenario,
            @Nullable SideResponse before,
            @Nullable SideResponse after,
            @Nullable Double gain,
            @Nullable String doubt) {
        static ScenarioResponse of(ScenarioTable.Row row) {
            var gain = row.gain();
            return new ScenarioResponse(
                    row.scenario(),
                    SideResponse.of(row.before()),
                    SideResponse.of(row.after()),
                    gain.map(ScenarioTable.Gain::share).orElse(null),
                    gain.flatMap(ScenarioTable.Gain::doubt).orElse(null));
        }
    }

    @GetMapping("/totals")
    TotalsResponse totals(BuildQuery query) {
        var totals = analytics.totals(query.filter());
        return new TotalsResponse(
                totals.builds(),
                totals.failed(),
                Rate.of(totals.hitRate()),
                totals.p50(),
                totals.p95(),
                totals.saved());
    }

    /** The last seven days unless told otherwise. */
    @GetMapping("/over-time")
    List<SpanResponse> overTime(BuildQuery query, @RequestParam(defaultValue = "100") int points) {
        if (points < 1 || points > MOST_POINTS) {
            throw new InvalidInputException("points", "is " + points + "; it is from 1 to " + MOST_POINTS);
        }
        var until = query.until() == null ? clock.instant() : query.until();
        var from = query.from() == null ? until.minus(USUAL_RANGE) : query.from();
        if (!from.isBefore(until)) {
            throw new InvalidInputException("from", "is not before until");
        }
        return analytics.overTime(query.filter(), from, until, points).stream()
                .map(span -> new SpanResponse(
                        span.from(),
                        span.builds(),
                        Rate.of(span.hitRate()),
                        span.p50(),
                        span.p95(),
                        span.transferredBytes()))
                .toList();
    }

    @GetMapping("/classes")
    List<ClassResponse> classes(BuildQuery query) {
        return analytics.byClass(query.filter()).stream()
                .map(one -> new ClassResponse(one.stepClass(), Rate.of(one.hitRate()), one.missed()))
                .toList();
    }

    /** Steps whose misses cost the most. */
    @GetMapping("/misses")
    List<CostlyStepResponse> misses(BuildQuery query, @RequestParam(defaultValue = "20") int limit) {
        return analytics.costliestMisses(query.filter(), limit(limit)).stream()
                .map(step -> new CostlyStepResponse(
                        step.identity(),
                        step.project(),
                        step.stage(),
                        step.text(),
                        step.stepClass(),
                        Rate.of(step.hitRate()),
                        step.missed(),
                        step.lastMiss().value(),
                        step.cause()))
                .toList();
    }

    @GetMapping("/kinds")
    List<KindResponse> kinds(BuildQuery query) {
        return analytics.byKind(query.filter()).stream()
                .map(one -> new KindResponse(one.kind(), one.steps(), one.time()))
                .toList();
    }

    @GetMapping("/projects")
    List<ProjectResponse> projects(BuildQuery query, @RequestParam(defaultValue = "100") int limit) {
        return analytics.byProject(query.filter(), limit(limit)).stream()
                .map(one -> new ProjectResponse(
                        one.project(), one.builds(), Rate.of(one.hitRate()), one.p50(), one.lastBuilt()))
                .toList();
    }

    /** @param split builds before it are held against those from it on; absent: all are one side */
    @GetMapping("/scenarios")
    List<ScenarioResponse> scenarios(BuildQuery query, @RequestParam(required = false) @Nullable Instant split) {
        return analytics.scenarios(query.filter(), split).rows().stream()
                .map(ScenarioResponse::of)
                .toList();
    }

    private static int limit(int limit) {
        if (limit < 1 || limit > MOST_STEPS) {
            throw new InvalidInputException("limit", "is " + limit + "; it is from 1 to " + MOST_STEPS);
        }
        return limit;
    }
}
