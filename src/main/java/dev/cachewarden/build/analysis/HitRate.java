package dev.cachewarden.build.analysis;

import dev.cachewarden.build.step.BuildStep;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How often BuildKit found in the cache what it looked for.
 *
 * @param hits of the lookups, those that found something
 * @param lookups steps that make something and were found or had to run
 */
public record HitRate(int hits, int lookups) {

    public static final HitRate NONE = new HitRate(0, 0);

    public HitRate {
        if (hits < 0 || hits > lookups) {
            throw new IllegalArgumentException("There cannot be " + hits + " hits of " + lookups + " lookups");
        }
    }

    /**
     * Of one build. Base images, transfers, exports and what else no instruction makes do not count, nor do steps that were cancelled or
     * never begun.
     *
     * <p>When a build fails, BuildKit marks as cached also what it then no longer needed. So of a failed build those count as hits that
     * a step which ran depends on, directly or not: BuildKit must have found them to run it. When only the export failed, all count.
     *
     * @param failed also if it was cancelled
     */
    public static HitRate ofBuild(List<BuildStep> steps, boolean failed) {
        return of(steps, LookedUp.of(steps, failed));
    }

    /**
     * Of some steps of one build, such as those of a class.
     *
     * @param build all steps of it
     */
    public static HitRate of(List<BuildStep> some, LookedUp build) {
        int hits = 0;
        int lookups = 0;
        for (var step : some) {
            if (build.hit(step)) {
                hits++;
            }
            if (build.hit(step) || build.missed(step)) {
                lookups++;
            }
        }
        return new HitRate(hits, lookups);
    }

    public HitRate plus(HitRate other) {
        return new HitRate(hits + other.hits, lookups + other.lookups);
    }

    /** From 0 to 1; empty if nothing was looked for. */
    public OptionalDouble share() {
        return lookups == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / lookups);
    }
}
