package dev.cachewarden.build.lookup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which steps of a build missed because of which. */
final class MissChain {

    private final TreeMap<Integer, Step> steps = new TreeMap<>();

    /** As many as have to be known: the first, one that is not the step itself, and whether there are more. */
    private static final int MOST = 2;

    /** By number of a step the first of those that missed by themselves and that it depends on or is. */
    private final Map<Integer, SortedSet<Integer>> roots = new HashMap<>();

    private MissChain() {}

    /** @param inputs numbers of the steps it depends on; they are lower than its own */
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

    /** The first that missed by itself of those that a step depends on; empty: there is none. */
    OptionalInt before(int step) {
        return rootsOf(step).stream()
                .mapToInt(Integer::intValue)
                .filter(root -> root != step)
                .findFirst();
    }

    /** Numbers of the steps that missed, depend on this one, and on no other that missed by itself. */
    List<Integer> onlyAfter(int step) {
        return steps.tailMap(step, false).values().stream()
                .filter(later -> later.missed()
                        && rootsOf(later.number()).size() == 1
                        && rootsOf(later.number()).contains(step))
                .map(Step::number)
                .toList();
    }
}
