/**
 * Prunes by others: records that went without a run of ours, by the engine's event log where it tells, else by their disappearance alone.
 * Found from what the history remembers; nothing is deleted here.
 */
@NamedInterface("external")
@NullMarked
package dev.cachewarden.prune.external;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
