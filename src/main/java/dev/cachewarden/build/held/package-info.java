/**
 * Finds the cache records that hold the results of steps, and so the size of these results. BuildKit does not link steps to records.
 * Cachewarden matches them by instruction, time, and parents, with different certainty.
 */
@NamedInterface("held")
@NullMarked
package dev.cachewarden.build.held;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
