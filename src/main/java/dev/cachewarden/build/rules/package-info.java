/** Stores the custom rules by which projects classify their steps. */
@NamedInterface("rules")
@NullMarked
package dev.cachewarden.build.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
