/** Policies to start from. */
@NamedInterface("template")
@NullMarked
package dev.cachewarden.prune.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
