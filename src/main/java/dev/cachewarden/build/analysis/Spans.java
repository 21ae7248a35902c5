package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The times at which steps ran. */
final class Spans {

    private Spans() {}

    record Span(Instant from, Instant to) {}

    /**
     * Returns the time span of a step, or null if it is unknown or the step did not end. Some steps run several times, such as image pulls.
     * Such a step counts as one run without interruption that ends at its completion. This keeps its duration exact, and other steps need
     * its result only then.
     */
    static @Nullable Span of(BuildStep step) {
        var from = step.startedAt();
        var to = step.completedAt();
        if (from == null || to == null || to.isBefore(from)) {
            return null;
        }
        var ran = step.duration();
        return new Span(ran == null || to.minus(ran).isBefore(from) ? from : to.minus(ran), to);
    }

    static List<Span> of(List<BuildStep> steps) {
        List<Span> spans = new ArrayList<>(steps.size());
        for (var step : steps) {
            var span = of(step);
            if (span != null) {
                spans.add(span);
            }
        }
        return spans;
    }

    /** Returns the time that at least one of the spans covers. */
    static Duration together(List<Span> spans) {
        var sum = Duration.ZERO;
        Instant until = null;
        for (var span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            if (until == null || span.from().isAfter(until)) {
                sum = sum.plus(Duration.between(span.from(), span.to()));
                until = span.to();
            } else if (span.to().isAfter(until)) {
                sum = sum.plus(Duration.between(until, span.to()));
                until = span.to();
            }
        }
        return sum;
    }
}
