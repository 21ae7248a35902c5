/** How the values of pruning are kept in columns: times, sums, rules. */
@NullMarked
package dev.cachewarden.prune.column;

import org.jspecify.annotations.NullMarked;
