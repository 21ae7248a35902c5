/** Tests of what the pages of pruning say. */
@NullMarked
package dev.cachewarden.dashboard.prune;

import org.jspecify.annotations.NullMarked;
