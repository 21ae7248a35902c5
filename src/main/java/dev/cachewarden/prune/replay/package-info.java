/** What a policy would have done over the history that is kept, and what of it would have been missed. Deletes nothing. */
@NamedInterface("replay")
@NullMarked
package dev.cachewarden.prune.replay;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
