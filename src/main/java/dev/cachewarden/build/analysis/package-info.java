/**
 * Computes figures from the steps of builds: hit rates, durations, critical paths, and the reasons for cache misses. Contains only pure
 * functions of steps, without a clock or a store.
 */
@NullMarked
package dev.cachewarden.build.analysis;

import org.jspecify.annotations.NullMarked;
