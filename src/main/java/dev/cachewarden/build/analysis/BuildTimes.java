package dev.cachewarden.build.analysis;

import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.StepClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a build went.
 *
 * @param wall from the beginning of its first step to the end of its last; null where the log has no times
 * @param summed of all steps, as if one ran after another
 * @param byKind only those with steps
 * @param byClass only those with steps
 * @param idle while no step ran, within {@code wall}; null where the log has no times
 */
public record BuildTimes(
        @Nullable Duration wall,
        Duration summed,
        Map<WorkKind, Spent> byKind,
        Map<StepClass, Spent> byClass,
        @Nullable Duration idle) {

    /**
     * @param steps how many
     * @param wall while at least one of them ran; null where the log has no times
     * @param summed of all of them, as if one ran after another
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

    /** Begins with the first beginning, also of a step that ran with breaks, or not to its end. */
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
