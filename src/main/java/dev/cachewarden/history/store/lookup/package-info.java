/** Single lookups of other modules in the history, each with one query; see {@link dev.cachewarden.history}. */
@NullMarked
package dev.cachewarden.history.store.lookup;

import org.jspecify.annotations.NullMarked;
