/** Every save of a policy, and what changed from one to another. */
@NamedInterface("version")
@NullMarked
package dev.cachewarden.prune.version;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
