/**
 * How readings are stored by difference, rolled up, kept for a time and found again. Knows the tables of the history and no engine;
 * hidden behind {@link dev.cachewarden.history.UsageHistory} and {@link dev.cachewarden.history.HostSampler}.
 */
@NullMarked
package dev.cachewarden.history.store;

import org.jspecify.annotations.NullMarked;
