package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.analysis.LookedUp;
import dev.cachewarden.build.step.BuildStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which misses follow from which. */
final class Cascades {

    private final List<BuildStep> roots = new ArrayList<>();
    private final List<BuildStep> followers = new ArrayList<>();

    /** By number of the step those roots, by their places, that it depends on or is. */
    private final Map<Integer, BitSet> upon = new HashMap<>();

    private Cascades() {}

    /** Numbers of steps are higher than those of what they depend on, so one pass in their order will do. */
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

    /** Steps that missed though nothing they depend on did, in the order of their numbers. */
    List<BuildStep> roots() {
        return roots;
    }

    /** @param knownBefore whether a step was the same in the build before; one that was not had to run anyway */
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
