package dev.cachewarden.build.web;

import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.analysis.ScenarioTable;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.build.analytics.BuildAnalytics;
import dev.cachewarden.build.analytics.Split;
import dev.cachewarden.build.analytics.WorkTimes;
import dev.cachewarden.build.held.ClassSizes.ClassSize;
import dev.cachewarden.build.step.StepClass;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.build.web.BuildResponse.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What many builds say together, over REST. */
final class AnalyticsResponses {

    private AnalyticsResponses() {}

    /**
     * Sums of all.
     *
     * @param saved an estimate; null if the rebuild time of no cached step is known
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

    /** Builds that started in a span of time. */
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
     * Steps of one class.
     *
     * @param missed how long they took where they missed, in sum
     * @param sizeBytes what the caches of the engines that built them hold of them now, with what earlier builds made; null: not known
     * @param stepsHeld of how many different steps a record is known
     * @param steps how many different ones there are
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

    /** How long steps of one kind took, in sum. */
    record KindResponse(StepKind kind, int steps, Duration time) {
        static KindResponse of(BuildAnalytics.KindTime one) {
            return new KindResponse(one.kind(), one.steps(), one.time());
        }
    }

    /**
     * Work of one kind.
     *
     * @param wall while at least one step of it ran; null if no build has step times
     * @param wallShare of the time of the builds, from 0 to 1; kinds run side by side, so that together they may be more than all of it
     * @param summed of all its steps, as if one ran after another
     * @param summedShare of the steps of all kinds, from 0 to 1
     */
    record WorkKindResponse(
            WorkKind kind,
            int steps,
            @Nullable Duration wall,
            @Nullable Double wallShare,
            Duration summed,
            double summedShare) {}

    /**
     * Where the time of builds that ended well went.
     *
     * @param builds those whose steps are known
     * @param timedBuilds how many of them have step times
     * @param wall from the beginning of the first step to the end of the last of each build, in sum; null if no build has step times
     * @param summed of all steps, as if one ran after another
     * @param idle while no step ran; null if no build has step times
     * @param idleShare of {@code wall}, from 0 to 1
     * @param kinds the longest first
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
     * Steps that fetched a cache from elsewhere, or handed one out.
     *
     * @param done of imports, those that found a cache
     * @param failed of imports, those that found none; the builds went on without
     */
    record CacheTransferResponse(
            StepKind kind, int done, int failed, @Nullable Duration p50, Duration time) {
        static CacheTransferResponse of(BuildAnalytics.CacheTransfer one) {
            return new CacheTransferResponse(one.kind(), one.done(), one.failed(), one.p50(), one.time());
        }
    }

    /** Builds of one project. */
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

    /** Builds of one builder that ended well. */
    record BuilderRateResponse(
            long builderId,
            int builds,
            Rate hitRate,
            @Nullable Duration p50) {
        static BuilderRateResponse of(BuildAnalytics.BuilderRate one) {
            return new BuilderRateResponse(one.builder().value(), one.builds(), Rate.of(one.hitRate()), one.p50());
        }
    }

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

    /** @param what in words, to go on after "before and after" */
    record SplitResponse(Instant at, String what) {
        static @Nullable SplitResponse of(@Nullable Split split) {
            return split == null ? null : new SplitResponse(split.at(), split.what());
        }
    }

    /** @param split null: nothing parts them, and all builds are {@code after} */
    record ScenariosResponse(@Nullable SplitResponse split, List<ScenarioResponse> scenarios) {
        static ScenariosResponse of(@Nullable Split split, ScenarioTable table) {
            return new ScenariosResponse(
                    SplitResponse.of(split),
                    table.rows().stream().map(ScenarioResponse::of).toList());
        }
    }
}
