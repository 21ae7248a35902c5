/** Repeats background steps while the service runs. */
@NullMarked
package dev.cachewarden.build.repeat;

import org.jspecify.annotations.NullMarked;
