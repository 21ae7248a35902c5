/**
 * Triggers policies because of snapshots: when a watermark is passed, or when builds have ended. It decides when to start, and the run
 * packages do the rest.
 */
@NullMarked
package dev.cachewarden.prune.watch;

import org.jspecify.annotations.NullMarked;
