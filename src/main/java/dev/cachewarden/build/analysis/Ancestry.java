package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dependencies between the steps of one build. */
final class Ancestry {

    private final Map<Integer, BuildStep> byNumber = new HashMap<>();
    private final List<BuildStep> steps;

    Ancestry(List<BuildStep> steps) {
        this.steps = steps;
        steps.forEach(step -> byNumber.put(step.number(), step));
    }

    /** Returns the direct inputs of the step. */
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

    /** Returns the direct and indirect inputs of the step, nearest first. */
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

    /** Returns the instructions that depend directly on the step. */
    List<BuildStep> instructionsUpon(BuildStep step) {
        return steps.stream()
                .filter(other -> other.cacheable() && other.inputs().contains(step.number()))
                .toList();
    }

    /**
     * Returns whether the digest of the step can be compared across builds. The vertex must be a digest, and no input may come from a
     * client. The digest of such an input contains the session of the client, so it differs in each build.
     */
    boolean comparable(BuildStep step) {
        return step.vertex().startsWith("sha256:")
                && all(step).stream().noneMatch(input -> input.kind() == StepKind.TRANSFER);
    }
}
