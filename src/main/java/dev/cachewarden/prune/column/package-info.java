/** The format of prune values in columns: sums, rules, filters, and guards. */
@NullMarked
package dev.cachewarden.prune.column;

import org.jspecify.annotations.NullMarked;
