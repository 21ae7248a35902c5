package dev.cachewarden.forecast;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a builder's own garbage collection for its whole cache, in bytes.
 *
 * @param mostUsed largest size of the cache, or null for no limit
 * @param leastFree free disk space to reach, or null for none
 * @param reserved size that it never goes below
 */
public record GarbageCollection(
        @Nullable Long mostUsed, @Nullable Long leastFree, long reserved) {

    /** Returns the brake on a disk. */
    Brake brake(double disk) {
        return new Brake() {
            @Override
            public double hold(double cache, double rest, RandomGenerator random) {
                double held = mostUsed == null ? cache : Math.min(cache, (double) mostUsed);
                double over = leastFree == null ? 0 : (double) leastFree - (disk - rest - held);
                return over <= 0 ? held : Math.max(Math.min(held, (double) reserved), held - over);
            }
        };
    }
}
