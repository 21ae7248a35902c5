/**
 * How large a build cache should be, and what of it is cheapest to lose: from when its records were used and how long it takes to make them
 * again. Pure functions; no clock, no store.
 */
@NamedInterface("size")
@NullMarked
package dev.cachewarden.build.analysis.size;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
