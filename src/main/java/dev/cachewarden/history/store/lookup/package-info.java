/** Single questions of other modules about the history, each answered by one look at its tables; see {@link dev.cachewarden.history}. */
@NullMarked
package dev.cachewarden.history.store.lookup;

import org.jspecify.annotations.NullMarked;
