package dev.cachewarden.forecast;

import java.util.random.RandomGenerator;

/** A mechanism that keeps a cache small along a path. Sizes are in bytes. */
interface Brake {

    /** Nothing keeps it small. */
    Brake NONE = new Brake() {};

    /** Returns the size of the cache after a limit that always applies. */
    default double hold(double cache, double rest, RandomGenerator random) {
        return cache;
    }

    /**
     * Returns the size of the cache after an hour.
     *
     * @param hour number of the hour since the forecast, from 0
     */
    default double prune(double cache, int hour, RandomGenerator random) {
        return cache;
    }
}
