/** Aggregates many builds: hit rates, miss costs, and time by kind of work. */
@NamedInterface("analytics")
@NullMarked
package dev.cachewarden.build.analytics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
