package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The root misses of a build, and the misses that follow from them. */
final class Cascades {

    private final List<BuildStep> roots = new ArrayList<>();
    private final List<BuildStep> followers = new ArrayList<>();

    /** For the number of each step, the positions of the roots that it depends on or is. */
    private final Map<Integer, BitSet> upon = new HashMap<>();

    private Cascades() {}

    /** Finds the root misses. The number of a step is higher than the numbers of its inputs, so one pass in this order is enough. */
    static Cascades of(List<BuildStep> steps, LookedUp lookedUp) {
        var cascades = new Cascades();
        for (var step : steps) {
            cascades.add(step, lookedUp.missed(step));
        }
        return cascades;
    }

    private void add(BuildStep step, boolean missed) {
        var found = new BitSet();
        for (int input : step.inputs()) {
            found.or(upon.getOrDefault(input, new BitSet()));
        }
        if (missed && found.isEmpty()) {
            found.set(roots.size());
            roots.add(step);
        } else if (missed) {
            followers.add(step);
        }
        if (!found.isEmpty()) {
            upon.put(step.number(), found);
        }
    }

    /** Returns the steps that missed although no input of them missed, in the order of their numbers. */
    List<BuildStep> roots() {
        return roots;
    }

    /**
     * Returns the miss of a root with its cascade.
     *
     * @param knownBefore tests whether the previous build had the same step; a new step had to run anyway
     */
    Miss miss(BuildStep root, MissCause cause, Predicate<BuildStep> knownBefore) {
        var only = upon.get(root.number());
        List<BuildStep> cascade = new ArrayList<>();
        var cost = Duration.ZERO;
        for (var follower : followers) {
            if (upon.getOrDefault(follower.number(), new BitSet()).equals(only) && knownBefore.test(follower)) {
                cascade.add(follower);
                cost = follower.duration() == null ? cost : cost.plus(follower.duration());
            }
        }
        return new Miss(root, cause, cascade, cost);
    }
}
