/**
 * Repeated work: steps that repeat on Spring's scheduler while the service runs, and the guard that lets work continue after a failure. Which
 * replica does the work is decided in the database, by leases and claims.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cachewarden.repeat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
