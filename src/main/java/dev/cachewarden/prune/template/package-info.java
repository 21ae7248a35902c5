/** Templates for new policies. */
@NamedInterface("template")
@NullMarked
package dev.cachewarden.prune.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
