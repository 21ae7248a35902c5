/**
 * Replays of a policy on the stored history: what it would have deleted, and what builds would have rebuilt. This package deletes nothing.
 */
@NamedInterface("replay")
@NullMarked
package dev.cachewarden.prune.replay;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
