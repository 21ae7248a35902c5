/**
 * Figures of the records of the last readings in memory, so that sums over a fleet need not read every record of it; see {@link
 * dev.cachewarden.history}. Never older than the store: each is asked for by the fingerprint of the last reading.
 */
@NullMarked
package dev.cachewarden.history.store.figures;

import org.jspecify.annotations.NullMarked;
