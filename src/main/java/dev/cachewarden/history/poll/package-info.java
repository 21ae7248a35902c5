/**
 * Asks hosts for their caches in turn, and on demand. Waits for engines, so nothing here opens a transaction; hidden behind
 * {@link dev.cachewarden.history.HostSampler}.
 */
@NullMarked
package dev.cachewarden.history.poll;

import org.jspecify.annotations.NullMarked;
