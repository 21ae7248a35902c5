/** The precedence of policies that cover the same host. */
@NamedInterface("priority")
@NullMarked
package dev.cachewarden.prune.priority;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
