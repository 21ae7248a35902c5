package dev.cachewarden.build.analysis;

import dev.cachewarden.build.analysis.CriticalPath.Link;
import dev.cachewarden.build.analysis.Spans.Span;
import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The critical path by the times at which steps ran. It leads backward from the step that ended last, each time to the step waited for.
 */
final class TimedPath {

    private record Ran(BuildStep step, Span span) {}

    private final Map<Integer, BuildStep> byNumber = new HashMap<>();
    private final Map<Integer, Ran> ran = new HashMap<>();
    private final List<Ran> byEnd;

    private TimedPath(List<BuildStep> steps) {
        for (var step : steps) {
            var span = Spans.of(step);
            byNumber.put(step.number(), step);
            if (span != null && !step.cached()) {
                ran.put(step.number(), new Ran(step, span));
            }
        }
        byEnd = ran.values().stream().sorted(TimedPath::compareEnds).toList();
    }

    private static int compareEnds(Ran one, Ran other) {
        return Comparator.<Ran, Instant>comparing(some -> some.span().to())
                .thenComparingInt(some -> some.step().number())
                .compare(one, other);
    }

    static List<Link> of(List<BuildStep> steps) {
        var path = new TimedPath(steps);
        List<Link> links = new ArrayList<>();
        var next = path.byEnd.isEmpty() ? Optional.<Ran>empty() : Optional.of(path.byEnd.getLast());
        while (next.isPresent()) {
            var before = path.before(next.get());
            links.add(link(next.get(), before.orElse(null)));
            next = before;
        }
        return links.reversed();
    }

    private static Link link(Ran ran, @Nullable Ran before) {
        var span = ran.span();
        if (before == null) {
            return new Link(ran.step(), Duration.ZERO, Duration.between(span.from(), span.to()));
        }
        var end = before.span().to();
        return end.isBefore(span.from())
                ? new Link(ran.step(), Duration.between(end, span.from()), Duration.between(span.from(), span.to()))
                : new Link(ran.step(), Duration.ZERO, positive(Duration.between(end, span.to())));
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    /**
     * Returns the step that the given step waited for. This is the input that ended last, where inputs of cached steps count as well. For a
     * step without inputs, such as an export, it is the step that ended last before the given step began. The returned step always began
     * earlier, so that the path has an end.
     */
    private Optional<Ran> before(Ran step) {
        var inputs = inputs(step);
        return inputs.isEmpty() ? lastBefore(step) : inputs.stream().max(TimedPath::compareEnds);
    }

    private List<Ran> inputs(Ran step) {
        List<Ran> inputs = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        var open = new ArrayDeque<>(step.step().inputs());
        while (!open.isEmpty()) {
            int number = open.remove();
            var known = ran.get(number);
            if (!seen.add(number)) {
                continue;
            }
            if (known != null && earlier(known, step)) {
                inputs.add(known);
            } else if (known == null && byNumber.containsKey(number)) {
                open.addAll(byNumber.get(number).inputs());
            }
        }
        return inputs;
    }

    private Optional<Ran> lastBefore(Ran step) {
        int low = 0;
        int high = byEnd.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byEnd.get(middle).span().to().isAfter(step.span().from())) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        for (int i = low - 1; i >= 0; i--) {
            if (earlier(byEnd.get(i), step)) {
                return Optional.of(byEnd.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean earlier(Ran one, Ran other) {
        int begun = one.span().from().compareTo(other.span().from());
        return begun < 0 || (begun == 0 && one.step().number() < other.step().number());
    }
}
