/** Projects' own rules for what their steps are for. */
@NamedInterface("rules")
@NullMarked
package dev.cachewarden.build.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
