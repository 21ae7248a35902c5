package dev.cachewarden.build.analysis;

import dev.cachewarden.build.step.BuildStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When steps ran. */
final class Spans {

    private Spans() {}

    record Span(Instant from, Instant to) {}

    /**
     * When a step ran; null if that is not known or it did not end. One that ran several times, as the getting of a base image does, is
     * taken to have done so without a break before its end: its duration is right that way, and it is then that it is needed.
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

    /** How long at least one of them lasted. */
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
