package dev.cachewarden.build.analytics;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analysis.ScenarioTable;
import dev.cachewarden.build.step.StepClass;
import dev.cachewarden.build.step.StepKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /**
     * How long builds took by what they were.
     *
     * @param split those that started before are held against those that started at it or later; null: all are one side
     */
    ScenarioTable scenarios(BuildFilter filter, @Nullable Instant split);

    /**
     * All builds of a filter.
     *
     * @param builds that ended, well or not
     * @param failed how many of them did not end well
     * @param p50 and p95 of the time from start to end; null: no build tells it
     * @param saved by the cache, an estimate
     */
    record Totals(
            int builds,
            int failed,
            HitRate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            Duration saved) {}

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
