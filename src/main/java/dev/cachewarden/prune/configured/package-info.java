/** Policies that a configuration file manages. Users cannot change them elsewhere. */
@NamedInterface("configured")
@NullMarked
package dev.cachewarden.prune.configured;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
