/** The automatic triggers of a policy, as values. */
@NamedInterface("trigger")
@NullMarked
package dev.cachewarden.prune.trigger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
