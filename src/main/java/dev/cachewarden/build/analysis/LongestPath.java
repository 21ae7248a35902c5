package dev.cachewarden.build.analysis;

import dev.cachewarden.build.analysis.CriticalPath.Link;
import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The critical path of a log without times. It depends on the durations of steps only. */
final class LongestPath {

    private final Map<Integer, BuildStep> byNumber = new HashMap<>();
    private final Map<Integer, Duration> sums = new HashMap<>();
    private final Map<Integer, BuildStep> before = new HashMap<>();

    private LongestPath() {}

    static List<Link> of(List<BuildStep> steps) {
        var path = new LongestPath();
        // The number of a step is higher than the numbers of its inputs.
        steps.forEach(path::add);
        List<Link> links = new ArrayList<>();
        var last = steps.stream().max(Comparator.comparing((BuildStep step) -> path.sum(step.number())));
        for (var step = last.orElse(null); step != null; step = path.before.get(step.number())) {
            if (!step.cached()) {
                links.add(new Link(step, Duration.ZERO, took(step)));
            }
        }
        return links.reversed();
    }

    private void add(BuildStep step) {
        byNumber.put(step.number(), step);
        var sum = Duration.ZERO;
        for (int input : step.inputs()) {
            var known = byNumber.get(input);
            if (known != null && sum(input).compareTo(sum) >= 0) {
                sum = sum(input);
                before.put(step.number(), known);
            }
        }
        sums.put(step.number(), sum.plus(took(step)));
    }

    private Duration sum(int number) {
        return sums.getOrDefault(number, Duration.ZERO);
    }

    private static Duration took(BuildStep step) {
        return step.duration() == null || step.cached() ? Duration.ZERO : step.duration();
    }
}
