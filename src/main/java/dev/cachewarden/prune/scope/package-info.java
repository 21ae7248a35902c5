/** Selection of hosts by their labels. */
@NamedInterface("scope")
@NullMarked
package dev.cachewarden.prune.scope;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
