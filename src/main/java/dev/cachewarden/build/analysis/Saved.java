package dev.cachewarden.build.analysis;

import dev.cachewarden.build.step.BuildStep;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Time that the cache saved a build, as an estimate: what the steps it had took when they last ran.
 *
 * @param time summed over steps, as if one ran after another; of those whose cost is known
 * @param known steps from the cache whose cost is known
 * @param unknown steps from the cache that were never seen to run
 */
public record Saved(Duration time, int known, int unknown) {

    /** Runs further back tell little of what a step would take today. */
    private static final int LATEST = 5;

    public static final String METHOD =
            "An estimate: for each step that came from the cache the median of what it took the last "
                    + LATEST
                    + " times it ran, summed as if one ran after another. Steps that were never seen to run count as nothing.";

    public Saved {
        if (time.isNegative() || known < 0 || unknown < 0) {
            throw new IllegalArgumentException("Nothing saved can be less than nothing");
        }
    }

    /**
     * Of one build.
     *
     * @param failed also if it was cancelled; see {@link HitRate#ofBuild}
     * @param pastCosts by a step's identity what it took when it ran, latest first; empty if it was never seen to
     */
    public static Saved of(List<BuildStep> steps, boolean failed, Function<String, List<Duration>> pastCosts) {
        var lookedUp = LookedUp.of(steps, failed);
        var time = Duration.ZERO;
        int known = 0;
        int unknown = 0;
        for (var step : steps) {
            if (!lookedUp.hit(step)) {
                continue;
            }
            var costs = pastCosts.apply(step.identity());
            if (costs.isEmpty()) {
                unknown++;
            } else {
                known++;
                time = time.plus(Quantiles.median(costs.subList(0, Math.min(LATEST, costs.size()))));
            }
        }
        return new Saved(time, known, unknown);
    }

    public Saved plus(Saved other) {
        return new Saved(time.plus(other.time), known + other.known, unknown + other.unknown);
    }
}
