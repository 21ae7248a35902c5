/**
 * Texts that come from outside: made fit to store and show, and freed of what looks like a secret, before anything keeps them. Pure and in
 * linear time, because others choose the texts. A secret that does not look like one is not found.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cachewarden.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
