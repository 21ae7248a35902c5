package dev.cachewarden.build.analytics;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.analysis.ContextGrowth;
import dev.cachewarden.build.analysis.ContextGrowth.Sent;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analysis.ScenarioTable;
import dev.cachewarden.build.analytics.PruneEffect.Regrets;
import dev.cachewarden.build.step.StepClass;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sums over builds that ended well: in one that failed, "cached" may mean that a step was not needed any more. Steps of BuildKit's own,
 * base images, exports and imports of cache are no lookups.
 */
public interface BuildAnalytics {

    /** All builds of a filter together. */
    Totals totals(BuildFilter filter);

    /**
     * Over time, oldest first; times without builds are left out.
     *
     * @param points how many spans of equal length, at least 1
     */
    List<Span> overTime(BuildFilter filter, Instant from, Instant until, int points);

    /** By class of step, those with the most lookups first. */
    List<ClassRate> byClass(BuildFilter filter);

    /** Steps whose misses cost the most, dearest first. */
    List<CostlyStep> costliestMisses(BuildFilter filter, int limit);

    /** By builder and project, the most built first. */
    List<ProjectRate> byProject(BuildFilter filter, int limit);

    /** Where the time of steps goes, longest first. */
    List<KindTime> byKind(BuildFilter filter);

    /** Where the time of builds went, by kind of work, and how long they were idle. */
    WorkTimes workTimes(BuildFilter filter);

    /** Branches of builds, those with the latest builds first. */
    List<String> branches(BuildFilter filter, int limit);

    /** What fetched caches and handed them out, which no hit rate counts: imports first. Kinds without a step are left out. */
    List<CacheTransfer> cacheTransfers(BuildFilter filter);

    /** By builder, in the order of their ids; builds that were sent without a host are left out. */
    List<BuilderRate> byBuilder(BuildFilter filter);

    /** What builds that ended well sent to their builders, oldest first, of the latest ones. */
    List<Sent> sent(BuildFilter filter, int limit);

    /** Steps that missed first because a run had deleted their record. */
    Regrets regrets(long runId, int limit);

    /** Whether the latest builds of a filter, which should be of one project, send much more than they did. */
    default Optional<ContextGrowth> growth(BuildFilter filter) {
        return ContextGrowth.of(sent(filter, LOOKED_AT));
    }

    /** The same as it was when a build ended; empty if that build is none of those that sent more. */
    default Optional<ContextGrowth> growthAt(BuildView build) {
        if (build.state() != BuildState.DONE) {
            return Optional.empty();
        }
        // Times have microseconds in the store.
        var until = build.startedAt().plus(1, ChronoUnit.MICROS);
        var sent = sent(BuildFilter.ofProject(build.project()).within(null, until), LOOKED_AT);
        return ContextGrowth.of(sent).filter(growth -> build.transferredBytes() > growth.before());
    }

    /**
     * How long builds took by what they were.
     *
     * @param split those that started before are held against those that started at it or later; null: all are one side
     */
    ScenarioTable scenarios(BuildFilter filter, @Nullable Instant split);

    /** So many of the latest builds tell whether contexts grow: enough for what was before and a while after. */
    int LOOKED_AT = 2 * ContextGrowth.MOST_BEFORE;

    /**
     * Steps that fetched a cache from elsewhere, or handed one out.
     *
     * @param kind {@code CACHE_IMPORT} or {@code CACHE_EXPORT}
     * @param done those that came to their end; of imports, those that found a cache
     * @param failed those that did not; a build goes on without the cache it was to import
     * @param p50 half took at most this; null: no step tells it
     * @param time of all of them, in sum
     */
    record CacheTransfer(
            StepKind kind, int done, int failed, @Nullable Duration p50, Duration time) {}

    /** Builds of one builder that ended well. */
    record BuilderRate(
            BuilderId builder,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50) {}

    /**
     * All builds of a filter.
     *
     * @param builds that ended, well or not
     * @param failed how many of them did not end well
     * @param p50 and p95 of the time from start to end; null: no build tells it
     * @param saved by the cache, an estimate; null if the rebuild time of no cached step is known
     */
    record Totals(
            int builds,
            int failed,
            HitRate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            @Nullable Duration saved) {}

    /** Builds that started within a span of time. */
    record Span(
            Instant from,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            long transferredBytes) {}

    /** Steps of one class. */
    record ClassRate(StepClass stepClass, HitRate hitRate, Duration missed) {}

    /**
     * A step over builds.
     *
     * @param text its instruction, as last seen
     * @param missed sum of what it took when it missed
     * @param lastMiss the latest build in which it missed
     * @param cause why, where it was the first to miss there; null: it was not, or that is not known
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

    /** Builds of one project. */
    record ProjectRate(
            String project,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50,
            Instant lastBuilt) {}

    /** Steps of one kind. */
    record KindTime(StepKind kind, int steps, Duration time) {}
}
