/** Pins that hold in every plan: those of the fleet, and those of the policies that cover a host. Deletes nothing. */
@NamedInterface("pin")
@NullMarked
package dev.cachewarden.prune.pin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
