/**
 * The only way to a Docker Engine or a buildkitd. Reading goes through the ports here. Deleting goes through {@code engine.pruning}, which only
 * {@code run.execution} may use. What both transports share is here too: TLS, and failures as problems that a user can solve.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "host", "progress", "text"})
@NullMarked
package dev.cachewarden.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
