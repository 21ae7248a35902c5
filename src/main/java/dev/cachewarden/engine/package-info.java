/**
 * The only way to a Docker Engine or a buildkitd. Reading goes through the ports here; deleting through
 * {@code engine.pruning}, which only {@code prune} may use. Transports and wire formats are hidden below.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "host", "host :: disk", "progress", "text"})
@NullMarked
package dev.cachewarden.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
