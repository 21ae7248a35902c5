/**
 * Pins that hold in every plan: the pins of the fleet, and the pins of the policies that cover a host. Deletes nothing.
 */
@NamedInterface("pin")
@NullMarked
package dev.cachewarden.policy.pin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
