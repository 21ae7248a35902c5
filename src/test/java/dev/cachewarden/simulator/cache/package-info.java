/**
 * The cache of a simulated engine: records that simulated builds make and prunes take away, by the rules of BuildKit. Knows nothing
 * of wires; {@link dev.cachewarden.simulator.cache.RecordGraph} is the way in.
 */
@NullMarked
package dev.cachewarden.simulator.cache;

import org.jspecify.annotations.NullMarked;
