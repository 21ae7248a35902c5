package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.StepKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a step of one build depends on. */
final class Ancestry {

    private final Map<Integer, BuildStep> byNumber = new HashMap<>();
    private final List<BuildStep> steps;

    Ancestry(List<BuildStep> steps) {
        this.steps = steps;
        steps.forEach(step -> byNumber.put(step.number(), step));
    }

    /** What it depends on itself. */
    List<BuildStep> inputs(BuildStep step) {
        List<BuildStep> inputs = new ArrayList<>();
        for (int input : step.inputs()) {
            var known = byNumber.get(input);
            if (known != null) {
                inputs.add(known);
            }
        }
        return inputs;
    }

    /** What it depends on itself and through others, nearest first. */
    List<BuildStep> all(BuildStep step) {
        Set<Integer> seen = new HashSet<>();
        List<BuildStep> all = new ArrayList<>();
        var open = new ArrayDeque<>(inputs(step));
        while (!open.isEmpty()) {
            var next = open.remove();
            if (seen.add(next.number())) {
                all.add(next);
                open.addAll(inputs(next));
            }
        }
        return all;
    }

    /** Instructions that depend on it themselves. */
    List<BuildStep> instructionsUpon(BuildStep step) {
        return steps.stream()
                .filter(other -> other.cacheable() && other.inputs().contains(step.number()))
                .toList();
    }

    /**
     * Whether its digest can be compared over builds: it is one, and none of what it depends on was sent by a client. The digest of what a
     * client sends has its session in it, another one in each build.
     */
    boolean comparable(BuildStep step) {
        return step.vertex().startsWith("sha256:")
                && all(step).stream().noneMatch(input -> input.kind() == StepKind.TRANSFER);
    }
}
