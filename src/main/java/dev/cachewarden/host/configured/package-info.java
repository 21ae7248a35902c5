/** Hosts that a configuration file says, and that people cannot change elsewhere. */
@NamedInterface("configured")
@NullMarked
package dev.cachewarden.host.configured;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
