package dev.cachewarden.analytics;

import dev.cachewarden.analytics.PruneEffect.MissedBuilds;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.analysis.ContextGrowth;
import dev.cachewarden.build.analysis.ContextGrowth.Sent;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analysis.ScenarioTable;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates of successful builds. In a failed build, "cached" may mean that a step was no longer needed. Internal steps of BuildKit, base
 * images, exports, and cache imports are no lookups.
 */
public interface BuildAnalytics {

    /** Returns the totals of all builds of a filter. */
    Totals totals(BuildFilter filter);

    /**
     * Returns figures over time, oldest first. Spans without builds are left out.
     *
     * @param points number of spans of equal length, at least 1
     */
    List<Span> overTime(BuildFilter filter, Instant from, Instant until, int points);

    /** Returns hit rates by class of steps, most lookups first. */
    List<ClassRate> byClass(BuildFilter filter);

    /** Returns the steps with the highest miss costs, highest first. */
    List<CostlyStep> costliestMisses(BuildFilter filter, int limit);

    /** Returns hit rates by project, most builds first. */
    List<ProjectRate> byProject(BuildFilter filter, int limit);

    /** Returns the accumulated time of steps by kind, longest first. */
    List<KindTime> byKind(BuildFilter filter);

    /** Returns the time of builds by kind of work, including their idle time. */
    WorkTimes workTimes(BuildFilter filter);

    /** Returns the branches of builds, those with the latest builds first. */
    List<String> branches(BuildFilter filter, int limit);

    /** Returns cache imports and cache exports, imports first. No hit rate counts them. Kinds without a step are left out. */
    List<CacheTransfer> cacheTransfers(BuildFilter filter);

    /** Returns hit rates by builder, ordered by ID. Builds that were uploaded without a host are left out. */
    List<BuilderRate> byBuilder(BuildFilter filter);

    /** Returns the context transfers of the latest successful builds, oldest first. */
    List<Sent> sent(BuildFilter filter, int limit);

    /** Returns the builds whose first miss was due to a record that a run had deleted. */
    MissedBuilds missedBuilds(long runId, int limit);

    /** Returns the growth of the build context, or empty if it did not grow. The filter must select one project. */
    default Optional<ContextGrowth> growth(BuildFilter filter) {
        return ContextGrowth.of(sent(filter, LOOKED_AT));
    }

    /** Returns the growth of the build context up to this build, or empty if this build is not one of those that sent more. */
    default Optional<ContextGrowth> growthAt(BuildView build) {
        if (build.state() != BuildState.DONE) {
            return Optional.empty();
        }
        // The database stores times in microseconds.
        var until = build.startedAt().plus(1, ChronoUnit.MICROS);
        var sent = sent(BuildFilter.ofProject(build.project()).within(null, until), LOOKED_AT);
        return ContextGrowth.of(sent).filter(growth -> build.transferredBytes() > growth.before());
    }

    /**
     * Returns the durations of builds by scenario.
     *
     * @param split builds that started before this time are compared with all others; or null if all builds are one group
     */
    ScenarioTable scenarios(BuildFilter filter, @Nullable Instant split);

    /** The number of latest builds to search for growth. It is enough for the builds before the growth and for some after it. */
    int LOOKED_AT = 2 * ContextGrowth.MOST_BEFORE;

    /**
     * The cache imports or the cache exports.
     *
     * @param kind {@code CACHE_IMPORT} or {@code CACHE_EXPORT}
     * @param done number of successful steps; an import is successful if it found a cache
     * @param failed number of failed steps; a build continues without a cache that it cannot import
     * @param p50 median duration, or null if no step has a duration
     * @param time accumulated time of all steps
     */
    record CacheTransfer(
            StepKind kind, int done, int failed, @Nullable Duration p50, Duration time) {}

    /**
     * The successful builds of one builder.
     *
     * @param p50 median duration, or null if no build has a duration
     */
    record BuilderRate(
            BuilderId builder,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50) {}

    /**
     * The totals of all builds of a filter.
     *
     * @param builds number of builds that ended, including failed ones
     * @param failed number of builds that failed or were canceled
     * @param p50 median duration, or null if no build has a duration
     * @param p95 95th percentile of the duration, or null if no build has a duration
     * @param saved estimated time saved by the cache, or null if the rebuild time of no cached step is known
     */
    record Totals(
            int builds,
            int failed,
            HitRate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            @Nullable Duration saved) {}

    /**
     * The builds that started within a span of time.
     *
     * @param p50 median duration, or null if no build has a duration
     * @param p95 95th percentile of the duration, or null if no build has a duration
     */
    record Span(
            Instant from,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            long transferredBytes) {}

    /**
     * The steps of one class.
     *
     * @param missed accumulated time of the steps that missed
     */
    record ClassRate(StepClass stepClass, HitRate hitRate, Duration missed) {}

    /**
     * A step across builds.
     *
     * @param text instruction of the step, from its latest miss
     * @param missed accumulated time of the misses of the step
     * @param lastMiss latest build with a miss of the step
     * @param cause reason why the step missed in that build, or null if it was not the first miss there or the reason is unknown
     */
    record CostlyStep(
            String identity,
            String project,
            @Nullable String stage,
            String text,
            StepClass stepClass,
            HitRate hitRate,
            Duration missed,
            BuildId lastMiss,
            @Nullable String cause) {}

    /**
     * The builds of one project.
     *
     * @param p50 median duration, or null if no build has a duration
     */
    record ProjectRate(
            String project,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50,
            Instant lastBuilt) {}

    /** The steps of one kind. */
    record KindTime(StepKind kind, int steps, Duration time) {}
}
