/** Pins that apply to every plan: those of the fleet, and those of the policies that cover a host. This package deletes nothing. */
@NamedInterface("pin")
@NullMarked
package dev.cachewarden.prune.pin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
