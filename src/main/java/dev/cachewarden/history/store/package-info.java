/**
 * Stores readings as differences, rolls them up, applies their retention, and reads them. It uses the tables of the history and no engine.
 * Other packages use {@link dev.cachewarden.history.UsageHistory} and {@link dev.cachewarden.history.HostSampler}.
 */
@NullMarked
package dev.cachewarden.history.store;

import org.jspecify.annotations.NullMarked;
