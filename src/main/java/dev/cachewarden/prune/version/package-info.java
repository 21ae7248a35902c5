/** All saved versions of a policy, and the differences between them. */
@NamedInterface("version")
@NullMarked
package dev.cachewarden.prune.version;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
