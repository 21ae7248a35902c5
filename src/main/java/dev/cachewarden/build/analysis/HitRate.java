package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The share of cache lookups that found a result.
 *
 * @param hits lookups that found a result
 * @param lookups steps that create a result and that either hit the cache or had to run
 */
public record HitRate(int hits, int lookups) {

    public static final HitRate NONE = new HitRate(0, 0);

    public HitRate {
        if (hits < 0 || hits > lookups) {
            throw new IllegalArgumentException("There cannot be " + hits + " hits of " + lookups + " lookups");
        }
    }

    /**
     * Returns the hit rate of one build. Base images, transfers, exports, and other steps that no instruction creates do not count. Steps
     * that were canceled or never began do not count either.
     *
     * <p>When a build fails, BuildKit also marks the steps as cached that it no longer needs. So a cached step of a failed build counts as
     * a hit only if a step that ran depends on it, directly or indirectly: BuildKit must have found it to run that step. If only the export
     * failed, all cached steps count.
     *
     * @param failed true if the build failed or was canceled
     */
    public static HitRate ofBuild(List<BuildStep> steps, boolean failed) {
        return of(steps, LookedUp.of(steps, failed));
    }

    /**
     * Returns the hit rate of some steps of one build, such as those of one class.
     *
     * @param build lookups of all steps of the build
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

    /** Returns the rate from 0 to 1, or empty if there were no lookups. */
    public OptionalDouble share() {
        return lookups == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / lookups);
    }
}
