/**
 * External prunes: records that disappeared without a run of Cachewarden. The evidence is the engine's event log if it contains a prune,
 * otherwise only the disappearance. The search uses the stored history and deletes nothing.
 */
@NamedInterface("external")
@NullMarked
package dev.cachewarden.prune.external;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
