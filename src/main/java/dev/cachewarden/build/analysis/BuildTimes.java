package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The time that a build spent, in total and by kind and class of steps.
 *
 * @param wall real time from the start of the first step to the end of the last, or null if the log has no times
 * @param summed accumulated time of all steps, as if they ran one after another
 * @param byKind time for each kind of work; only kinds with steps
 * @param byClass time for each class of steps; only classes with steps
 * @param idle time within {@code wall} during which no step ran, or null if the log has no times
 */
public record BuildTimes(
        @Nullable Duration wall,
        Duration summed,
        Map<WorkKind, Spent> byKind,
        Map<StepClass, Spent> byClass,
        @Nullable Duration idle) {

    /**
     * The time that a group of steps took.
     *
     * @param steps number of steps
     * @param wall time during which at least one of the steps ran, or null if the log has no times
     * @param summed accumulated time of the steps, as if they ran one after another
     */
    public record Spent(int steps, @Nullable Duration wall, Duration summed) {

        static Spent on(List<BuildStep> steps) {
            var spans = Spans.of(steps);
            var summed = steps.stream()
                    .map(BuildStep::duration)
                    .reduce(Duration.ZERO, (sum, next) -> next == null ? sum : sum.plus(next), Duration::plus);
            return new Spent(steps.size(), spans.isEmpty() ? null : Spans.together(spans), summed);
        }
    }

    public BuildTimes {
        byKind = Map.copyOf(byKind);
        byClass = Map.copyOf(byClass);
    }

    public static BuildTimes of(List<BuildStep> steps) {
        var all = Spent.on(steps);
        var wall = wall(steps);
        return new BuildTimes(
                wall,
                all.summed(),
                by(steps, step -> WorkKind.of(step.kind())),
                by(steps, BuildStep::stepClass),
                wall == null || all.wall() == null ? null : wall.minus(all.wall()));
    }

    /**
     * Returns the time from the earliest start to the latest end, or null if either is unknown. The start of a step counts even if the step
     * ran with interruptions or did not end.
     */
    private static @Nullable Duration wall(List<BuildStep> steps) {
        Instant from = null;
        Instant to = null;
        for (var step : steps) {
            from = step.startedAt() == null ? from : earlier(from, step.startedAt());
            to = step.completedAt() == null ? to : later(to, step.completedAt());
        }
        return from == null || to == null || to.isBefore(from) ? null : Duration.between(from, to);
    }

    private static Instant earlier(@Nullable Instant known, Instant other) {
        return known == null || other.isBefore(known) ? other : known;
    }

    private static Instant later(@Nullable Instant known, Instant other) {
        return known == null || other.isAfter(known) ? other : known;
    }

    private static <K> Map<K, Spent> by(List<BuildStep> steps, Function<BuildStep, K> key) {
        Map<K, List<BuildStep>> grouped = new HashMap<>();
        for (var step : steps) {
            grouped.computeIfAbsent(key.apply(step), any -> new ArrayList<>()).add(step);
        }
        Map<K, Spent> spent = new HashMap<>();
        grouped.forEach((of, some) -> spent.put(of, Spent.on(some)));
        return spent;
    }
}
