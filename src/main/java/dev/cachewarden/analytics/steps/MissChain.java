package dev.cachewarden.analytics.steps;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The root misses of a build, and the misses that follow from them. A root miss is a step that missed although no input of it did. */
final class MissChain {

    private final TreeMap<Integer, Step> steps = new TreeMap<>();

    /**
     * The maximum number of root misses to store for a step. Two are enough to find the first, to find one other than the step itself, and
     * to know whether there are several.
     */
    private static final int MOST = 2;

    /** For the number of each step, the first root misses that it depends on or is. */
    private final Map<Integer, SortedSet<Integer>> roots = new HashMap<>();

    private MissChain() {}

    /**
     * A step with its dependencies.
     *
     * @param inputs numbers of the steps it depends on; they are lower than its own number
     */
    record Step(int number, boolean missed, List<Integer> inputs) {}

    static MissChain of(List<Step> steps) {
        var chain = new MissChain();
        steps.forEach(step -> chain.steps.put(step.number(), step));
        chain.steps.values().forEach(chain::add);
        return chain;
    }

    private void add(Step step) {
        var found = new TreeSet<Integer>();
        step.inputs().forEach(input -> found.addAll(rootsOf(input)));
        if (step.missed() && found.isEmpty()) {
            found.add(step.number());
        }
        while (found.size() > MOST) {
            found.removeLast();
        }
        roots.put(step.number(), found);
    }

    private SortedSet<Integer> rootsOf(int step) {
        return roots.getOrDefault(step, new TreeSet<>());
    }

    /** Returns the first root miss that a step depends on, or empty if there is none. */
    OptionalInt before(int step) {
        return rootsOf(step).stream()
                .mapToInt(Integer::intValue)
                .filter(root -> root != step)
                .findFirst();
    }

    /** Returns the numbers of the missed steps that depend on this root miss and on no other one. */
    List<Integer> onlyAfter(int step) {
        return steps.tailMap(step, false).values().stream()
                .filter(later -> later.missed()
                        && rootsOf(later.number()).size() == 1
                        && rootsOf(later.number()).contains(step))
                .map(Step::number)
                .toList();
    }
}
