/** Plans made from readings, and stored exactly. Deletes nothing. */
@NullMarked
package dev.cachewarden.prune.planning;

import org.jspecify.annotations.NullMarked;
