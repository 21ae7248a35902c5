/** A fleet of simulated engines with caches as people have them, for the demo and for benchmarks. */
@NullMarked
package dev.cachewarden.simulator.fleet;

import org.jspecify.annotations.NullMarked;
