/**
 * Figures of the records of the last readings in memory, so that sums over a fleet need not read every record; see
 * {@link dev.cachewarden.history}. They are never older than the store: each lookup uses the fingerprint of the last reading.
 */
@NullMarked
package dev.cachewarden.history.store.figures;

import org.jspecify.annotations.NullMarked;
