/** Tests of plans. */
@NullMarked
package dev.cachewarden.prune.planning;

import org.jspecify.annotations.NullMarked;
