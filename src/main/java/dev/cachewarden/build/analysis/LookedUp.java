package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.progress.VertexState;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps of a build that certainly hit or missed the cache. */
public final class LookedUp {

    private final Set<Integer> hits;

    private LookedUp(Set<Integer> hits) {
        this.hits = hits;
    }

    /**
     * Finds the hits and misses of a build.
     *
     * @param steps all steps of the build
     * @param failed true if the build failed or was canceled; see {@link HitRate#ofBuild}
     */
    public static LookedUp of(List<BuildStep> steps, boolean failed) {
        // An export begins when all other steps are complete, so only the export itself can have failed.
        boolean whole = !failed || steps.stream().anyMatch(step -> step.kind() == StepKind.EXPORT && began(step));
        Set<Integer> needed = whole ? Set.of() : neededByRuns(steps);
        Set<Integer> hits = new HashSet<>();
        for (var step : steps) {
            if (step.cacheable() && step.cached() && (whole || needed.contains(step.number()))) {
                hits.add(step.number());
            }
        }
        return new LookedUp(hits);
    }

    private static Set<Integer> neededByRuns(List<BuildStep> steps) {
        Map<Integer, BuildStep> byNumber = new HashMap<>();
        var open = new ArrayDeque<BuildStep>();
        for (var step : steps) {
            byNumber.put(step.number(), step);
            if (step.cacheable() && ran(step)) {
                open.add(step);
            }
        }
        Set<Integer> needed = new HashSet<>();
        while (!open.isEmpty()) {
            for (int input : open.remove().inputs()) {
                var step = byNumber.get(input);
                if (step != null && needed.add(input)) {
                    open.add(step);
                }
            }
        }
        return needed;
    }

    private static boolean began(BuildStep step) {
        return step.startedAt() != null || ran(step);
    }

    private static boolean ran(BuildStep step) {
        return step.state() == VertexState.DONE
                || step.state() == VertexState.FAILED
                || step.state() == VertexState.RUNNING;
    }

    /** Returns whether the step hit the cache. */
    public boolean hit(BuildStep step) {
        return hits.contains(step.number());
    }

    /** Returns whether the step missed the cache and had to run, even if it did not finish. */
    public boolean missed(BuildStep step) {
        return step.cacheable() && ran(step);
    }
}
