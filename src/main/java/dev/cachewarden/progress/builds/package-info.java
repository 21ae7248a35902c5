/**
 * Several builds in one log, one after the other: where one ends and the next begins. For the readers of the formats; what they hand out
 * are values of {@link dev.cachewarden.progress}.
 */
@NullMarked
package dev.cachewarden.progress.builds;

import org.jspecify.annotations.NullMarked;
