/**
 * Separates consecutive builds in one log: where one ends and the next one starts. For the readers of the formats, which return values of
 * {@link dev.cachewarden.progress}.
 */
@NullMarked
package dev.cachewarden.progress.builds;

import org.jspecify.annotations.NullMarked;
