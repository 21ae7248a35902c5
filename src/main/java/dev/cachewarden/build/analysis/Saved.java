package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The estimated time that the cache saved a build: the time that its cached steps took when they last ran.
 *
 * @param time accumulated time saved by steps of known cost, as if they ran one after another
 * @param known number of cached steps whose cost is known
 * @param unknown number of cached steps that Cachewarden never saw running
 */
public record Saved(Duration time, int known, int unknown) {

    /** The number of latest runs that count. Older runs are poor evidence of what a step would take today. */
    public static final int LATEST = 5;

    public static final String METHOD =
            "An estimate: the sum of the median durations of all cached steps. Each median covers the last " + LATEST
                    + " runs of the step. Steps without a known run count as zero.";

    public Saved {
        if (time.isNegative() || known < 0 || unknown < 0) {
            throw new IllegalArgumentException("The time saved and the numbers of steps must not be negative");
        }
    }

    /**
     * Estimates the time saved in one build.
     *
     * @param failed true if the build failed or was canceled; see {@link HitRate#ofBuild}
     * @param pastCosts maps the identity of a step to the durations of its runs, latest first; empty if no run is known
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
