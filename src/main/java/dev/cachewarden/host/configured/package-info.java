/** Hosts that a configuration file manages, and that users cannot edit elsewhere. */
@NamedInterface("configured")
@NullMarked
package dev.cachewarden.host.configured;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
