/** What a policy that is being written would do, worked out from the last readings; nothing is stored. */
@NamedInterface("preview")
@NullMarked
package dev.cachewarden.prune.preview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
