/** Computes hit rates by class, step, project, builder, or branch, and over time. */
@NamedInterface("rate")
@NullMarked
package dev.cachewarden.build.analytics.rate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
