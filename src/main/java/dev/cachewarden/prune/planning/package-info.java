/** Creation and exact storage of plans from snapshots. This package deletes nothing from a cache. */
@NullMarked
package dev.cachewarden.prune.planning;

import org.jspecify.annotations.NullMarked;
