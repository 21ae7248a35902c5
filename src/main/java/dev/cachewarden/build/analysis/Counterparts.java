package dev.cachewarden.build.analysis;

import com.google.re2j.Pattern;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The pairs of equal steps of two builds. */
final class Counterparts {

    private static final Pattern UNNAMED = Pattern.compile("^stage-[0-9]+$");

    private final List<BuildStep> current;
    private final List<BuildStep> previous;

    /** The step of the previous build for the number of each step of the current build. */
    private final Map<Integer, BuildStep> same = new HashMap<>();

    /** The numbers of the steps of the previous build that have a counterpart. */
    private final Set<Integer> matched = new HashSet<>();

    Counterparts(List<BuildStep> current, List<BuildStep> previous) {
        this.current = current;
        this.previous = previous;
        match(BuildStep::identity);
        // A build for one platform does not name it, and a stage can be renamed.
        match(step -> stage(step) + "\0" + step.text());
        match(step -> step.kind() + "\0" + step.text());
    }

    private void match(Function<BuildStep, String> key) {
        Map<String, Deque<BuildStep>> open = new HashMap<>();
        for (var step : previous) {
            if (!matched.contains(step.number())) {
                open.computeIfAbsent(key.apply(step), any -> new ArrayDeque<>()).add(step);
            }
        }
        for (var step : current) {
            var found = same.containsKey(step.number()) ? null : open.get(key.apply(step));
            if (found != null && !found.isEmpty()) {
                var first = found.remove();
                same.put(step.number(), first);
                matched.add(first.number());
            }
        }
    }

    /** Returns the same instruction in the previous build. */
    Optional<BuildStep> same(BuildStep step) {
        return Optional.ofNullable(same.get(step.number()));
    }

    /**
     * Returns the step of the previous build that this step replaced. It has the same kind, and the current build no longer has it. Among
     * the instructions of the stage, both follow and precede the same ones.
     */
    Optional<BuildStep> replaced(BuildStep step) {
        var stage = ofStage(current, step);
        int anchor = stage.indexOf(step) - 1;
        int nth = 0;
        while (anchor >= 0 && same(stage.get(anchor)).isEmpty()) {
            nth += stage.get(anchor).kind() == step.kind() ? 1 : 0;
            anchor--;
        }
        var old = ofStage(previous, step);
        int from = anchor < 0 ? 0 : old.indexOf(same(stage.get(anchor)).orElseThrow()) + 1;
        for (var gone : old.subList(from, old.size())) {
            if (matched.contains(gone.number())) {
                return Optional.empty();
            }
            if (gone.kind() == step.kind() && nth-- == 0) {
                return Optional.of(gone);
            }
        }
        return Optional.empty();
    }

    private static List<BuildStep> ofStage(List<BuildStep> steps, BuildStep step) {
        String stage = stage(step);
        List<BuildStep> found = new ArrayList<>();
        for (var other : steps) {
            boolean instruction = other.cacheable() || other.kind() == StepKind.FROM;
            if (instruction && stage(other).equals(stage)) {
                found.add(other);
            }
        }
        return found;
    }

    /** Returns the name of the stage. All unnamed stages count as one, because their numbers can change. */
    private static String stage(BuildStep step) {
        return step.stage() == null || UNNAMED.matches(step.stage()) ? "" : step.stage();
    }
}
