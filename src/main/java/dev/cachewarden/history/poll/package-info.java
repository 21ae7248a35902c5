/**
 * Reads the caches of hosts on a schedule and on demand. It waits for engines, so this package opens no transaction. Other packages use
 * {@link dev.cachewarden.history.HostSampler}.
 */
@NullMarked
package dev.cachewarden.history.poll;

import org.jspecify.annotations.NullMarked;
