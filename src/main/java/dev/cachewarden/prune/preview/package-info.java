/** Previews of a policy that a user edits, calculated from the last snapshots. This package stores nothing. */
@NamedInterface("preview")
@NullMarked
package dev.cachewarden.prune.preview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
