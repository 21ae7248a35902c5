package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.Split;
import dev.cachewarden.analytics.WorkTimes;
import dev.cachewarden.analytics.steps.ClassSizes.ClassSize;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.analysis.ScenarioTable;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.web.BuildResponse.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** REST responses with figures over many builds. */
final class AnalyticsResponses {

    private AnalyticsResponses() {}

    /**
     * Totals of all builds.
     *
     * @param saved estimated time saved by the cache, or null if the rebuild time of no cached step is known
     * @param failed number of failed builds
     */
    record TotalsResponse(
            int builds,
            int failed,
            Rate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            @Nullable Duration saved) {
        static TotalsResponse of(BuildAnalytics.Totals totals) {
            return new TotalsResponse(
                    totals.builds(),
                    totals.failed(),
                    Rate.of(totals.hitRate()),
                    totals.p50(),
                    totals.p95(),
                    totals.saved());
        }
    }

    /** Figures of the builds that started in one time span. */
    record SpanResponse(
            Instant from,
            int builds,
            Rate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            long transferredBytes) {
        static SpanResponse of(BuildAnalytics.Span span) {
            return new SpanResponse(
                    span.from(),
                    span.builds(),
                    Rate.of(span.hitRate()),
                    span.p50(),
                    span.p95(),
                    span.transferredBytes());
        }
    }

    /**
     * Figures of the steps of one class.
     *
     * @param missed accumulated duration of the steps that missed
     * @param sizeBytes current size of the records of these steps in the caches of the engines that built them, including data that
     *     earlier builds created; in bytes, or null if unknown
     * @param stepsHeld number of distinct steps with a known record
     * @param steps number of distinct steps
     */
    record ClassResponse(
            StepClass stepClass,
            Rate hitRate,
            Duration missed,
            @Nullable Long sizeBytes,
            int stepsHeld,
            int steps) {
        static ClassResponse of(BuildAnalytics.ClassRate one, @Nullable ClassSize size) {
            return new ClassResponse(
                    one.stepClass(),
                    Rate.of(one.hitRate()),
                    one.missed(),
                    size == null || size.size() == null ? null : size.size().bytes(),
                    size == null ? 0 : size.known(),
                    size == null ? 0 : size.steps());
        }

        static List<ClassResponse> of(List<BuildAnalytics.ClassRate> rates, Map<StepClass, ClassSize> sizes) {
            return rates.stream()
                    .map(one -> of(one, sizes.get(one.stepClass())))
                    .toList();
        }
    }

    /**
     * A step across builds.
     *
     * @param lastMissBuildId ID of the latest build that missed the step
     */
    record CostlyStepResponse(
            String identity,
            String project,
            @Nullable String stage,
            String text,
            StepClass stepClass,
            Rate hitRate,
            Duration missed,
            long lastMissBuildId,
            @Nullable String cause) {
        static CostlyStepResponse of(BuildAnalytics.CostlyStep step) {
            return new CostlyStepResponse(
                    step.identity(),
                    step.project(),
                    step.stage(),
                    step.text(),
                    step.stepClass(),
                    Rate.of(step.hitRate()),
                    step.missed(),
                    step.lastMiss().value(),
                    step.cause());
        }
    }

    /**
     * The accumulated duration of the steps of one kind.
     *
     * @param time accumulated duration of these steps
     */
    record KindResponse(StepKind kind, int steps, Duration time) {
        static KindResponse of(BuildAnalytics.KindTime one) {
            return new KindResponse(one.kind(), one.steps(), one.time());
        }
    }

    /**
     * Work of one kind.
     *
     * @param wall real time during which at least one step of this kind ran, or null if no build has step times
     * @param wallShare share of the real time of the builds, from 0 to 1; kinds run in parallel, so the sum of all shares can exceed 1
     * @param summed accumulated time of all steps of this kind, as if they ran one after another
     * @param summedShare share of the accumulated time of all kinds, from 0 to 1
     */
    record WorkKindResponse(
            WorkKind kind,
            int steps,
            @Nullable Duration wall,
            @Nullable Double wallShare,
            Duration summed,
            double summedShare) {}

    /**
     * The time of successful builds by kind of work.
     *
     * @param builds number of builds with known steps
     * @param timedBuilds number of these builds with step times
     * @param wall real time from the start of the first step to the end of the last step, as the sum over all builds; null if no build
     *     has step times
     * @param summed accumulated time of all steps, as if they ran one after another
     * @param idle time during which no step ran, or null if no build has step times
     * @param idleShare idle share of {@code wall}, from 0 to 1
     * @param kinds kinds of work, longest first
     */
    record WorkResponse(
            int builds,
            int timedBuilds,
            @Nullable Duration wall,
            Duration summed,
            @Nullable Duration idle,
            @Nullable Double idleShare,
            List<WorkKindResponse> kinds) {
        static WorkResponse of(WorkTimes times) {
            boolean timed = times.timed() > 0;
            return new WorkResponse(
                    times.builds(),
                    times.timed(),
                    timed ? times.wall() : null,
                    times.summed(),
                    timed ? times.idle() : null,
                    timed ? times.ofWall(times.idle()) : null,
                    times.kinds().stream()
                            .map(work -> new WorkKindResponse(
                                    work.kind(),
                                    work.steps(),
                                    timed ? work.wall() : null,
                                    timed ? times.ofWall(work.wall()) : null,
                                    work.summed(),
                                    times.ofSummed(work.summed())))
                            .toList());
        }
    }

    /**
     * Cache imports or exports.
     *
     * @param done number of successful transfers; for imports, those that found a cache
     * @param failed number of failed transfers; for imports, those that found no cache, after which the builds continued without one
     * @param time accumulated duration of these transfers
     */
    record CacheTransferResponse(
            StepKind kind, int done, int failed, @Nullable Duration p50, Duration time) {
        static CacheTransferResponse of(BuildAnalytics.CacheTransfer one) {
            return new CacheTransferResponse(one.kind(), one.done(), one.failed(), one.p50(), one.time());
        }
    }

    /**
     * Figures of the builds of one project.
     *
     * @param lastBuilt start of the latest build
     */
    record ProjectRateResponse(
            String project,
            int builds,
            Rate hitRate,
            @Nullable Duration p50,
            Instant lastBuilt) {
        static ProjectRateResponse of(BuildAnalytics.ProjectRate one) {
            return new ProjectRateResponse(
                    one.project(), one.builds(), Rate.of(one.hitRate()), one.p50(), one.lastBuilt());
        }
    }

    /** Figures of the successful builds of one builder. */
    record BuilderRateResponse(
            long builderId,
            int builds,
            Rate hitRate,
            @Nullable Duration p50) {
        static BuilderRateResponse of(BuildAnalytics.BuilderRate one) {
            return new BuilderRateResponse(one.builder().value(), one.builds(), Rate.of(one.hitRate()), one.p50());
        }
    }

    /**
     * Durations on one side of the split.
     *
     * @param spread share of the builds whose duration is between {@code from} and {@code to}
     * @param median median duration
     * @param from shortest duration of these builds
     * @param to longest duration of these builds
     */
    record SideResponse(int builds, Duration median, Duration from, Duration to, ScenarioTable.Spread spread) {
        static @Nullable SideResponse of(ScenarioTable.@Nullable Side side) {
            return side == null
                    ? null
                    : new SideResponse(side.n(), side.median(), side.from(), side.to(), side.spread());
        }
    }

    /**
     * Durations of the builds of one scenario.
     *
     * @param gain decrease of the median as a share of the previous median, or null if one side has no builds
     * @param doubt reason why the gain is unreliable, or null if there is none
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

    /**
     * A split.
     *
     * @param what description that completes "before and after"
     */
    record SplitResponse(Instant at, String what) {
        static @Nullable SplitResponse of(@Nullable Split split) {
            return split == null ? null : new SplitResponse(split.at(), split.what());
        }
    }

    /**
     * Durations by scenario.
     *
     * @param split split, or null if there is none and all builds are {@code after}
     */
    record ScenariosResponse(@Nullable SplitResponse split, List<ScenarioResponse> scenarios) {
        static ScenariosResponse of(@Nullable Split split, ScenarioTable table) {
            return new ScenariosResponse(
                    SplitResponse.of(split),
                    table.rows().stream().map(ScenarioResponse::of).toList());
        }
    }
}
