package dev.cachewarden.analytics;

import dev.cachewarden.analytics.BuildAnalytics.ClassRate;
import dev.cachewarden.analytics.BuildAnalytics.CostlyStep;
import dev.cachewarden.analytics.WorkTimes.Work;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analysis.BuildTimes;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Figures over builds in the plain way, from each step of each build: slow, and what the quick ways are held against. */
public final class PlainFigures {

    private final Builds builds;

    public PlainFigures(TestDatabase database) {
        this.builds = BuildStoreParts.builds(database);
    }

    /** A step that the cache had or that ran to its end, in a build that ended well. */
    public record StepLookup(BuildView build, BuildStep step) {}

    public List<StepLookup> lookups(BuildFilter filter) {
        return ended(filter)
                .flatMap(build -> builds.steps(build.id()).stream()
                        .filter(step -> step.cacheable() && (step.cached() || step.state() == VertexState.DONE))
                        .map(step -> new StepLookup(build, step)))
                .toList();
    }

    private Stream<BuildView> ended(BuildFilter filter) {
        return builds.list(filter, null, 1_000).items().stream().filter(build -> build.state() == BuildState.DONE);
    }

    public static HitRate hitRate(List<StepLookup> steps) {
        int hits = (int) steps.stream().filter(one -> one.step().cached()).count();
        return new HitRate(hits, steps.size());
    }

    /** How long those took that ran. */
    public static Duration missed(List<StepLookup> steps) {
        return sum(
                steps,
                one -> one.step().state() == VertexState.DONE ? one.step().duration() : null);
    }

    List<ClassRate> byClass(BuildFilter filter) {
        Map<StepClass, List<StepLookup>> classes = lookups(filter).stream()
                .collect(Collectors.groupingBy(one -> one.step().stepClass()));
        return classes.entrySet().stream()
                .map(entry -> new ClassRate(entry.getKey(), hitRate(entry.getValue()), missed(entry.getValue())))
                .sorted(Comparator.comparing((ClassRate rate) -> -rate.hitRate().lookups())
                        .thenComparing(rate -> rate.stepClass().name()))
                .toList();
    }

    List<CostlyStep> costliestMisses(BuildFilter filter, int limit) {
        Map<List<String>, List<StepLookup>> steps = lookups(filter).stream()
                .collect(Collectors.groupingBy(one -> List.of(
                        one.step().identity(), one.build().outline().project().name())));
        return steps.values().stream()
                .filter(some -> missed(some).isPositive())
                .map(PlainFigures::costly)
                .sorted(Comparator.comparing(CostlyStep::missed)
                        .reversed()
                        .thenComparing(CostlyStep::identity)
                        .thenComparing(CostlyStep::project))
                .limit(limit)
                .toList();
    }

    private static CostlyStep costly(List<StepLookup> all) {
        var last = all.stream()
                .filter(one -> one.step().state() == VertexState.DONE)
                .max(Comparator.comparing((StepLookup one) -> one.build().id().value())
                        .thenComparing(one -> -one.step().number()))
                .orElseThrow();
        var step = last.step();
        var comparison = last.build().comparison();
        var miss = comparison == null ? null : comparison.miss();
        return new CostlyStep(
                step.identity(),
                last.build().outline().project().name(),
                step.stage(),
                step.text(),
                step.stepClass(),
                hitRate(all),
                missed(all),
                new BuildId(last.build().id().value()),
                miss != null && miss.step() == step.number() ? miss.text() : null);
    }

    WorkTimes workTimes(BuildFilter filter) {
        var times = ended(filter)
                .map(build -> builds.steps(build.id()))
                .filter(steps -> !steps.isEmpty())
                .map(BuildTimes::of)
                .toList();
        var kinds = Arrays.stream(WorkKind.values())
                .filter(kind -> times.stream().anyMatch(one -> one.byKind().containsKey(kind)))
                .map(kind -> work(kind, times))
                .sorted(Comparator.comparing(Work::wall)
                        .thenComparing(Work::summed)
                        .reversed()
                        .thenComparing(Work::kind))
                .toList();
        return new WorkTimes(
                times.size(),
                (int) times.stream()
                        .map(BuildTimes::wall)
                        .filter(wall -> wall != null && wall.isPositive())
                        .count(),
                sum(times, BuildTimes::wall),
                sum(times, BuildTimes::summed),
                sum(times, BuildTimes::idle),
                kinds);
    }

    private static Work work(WorkKind kind, List<BuildTimes> times) {
        var spent = times.stream()
                .map(one -> one.byKind().get(kind))
                .filter(Objects::nonNull)
                .toList();
        return new Work(
                kind,
                spent.stream().mapToInt(BuildTimes.Spent::steps).sum(),
                sum(spent, BuildTimes.Spent::wall),
                sum(spent, BuildTimes.Spent::summed));
    }

    private static <T> Duration sum(List<T> all, Function<T, @Nullable Duration> time) {
        var sum = Duration.ZERO;
        for (T one : all) {
            var known = time.apply(one);
            sum = known == null ? sum : sum.plus(known);
        }
        return sum;
    }
}
