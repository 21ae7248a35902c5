/**
 * Access to Docker Engines and buildkitds. All reads use the ports in this package. All deletions use {@code engine.pruning}, which only
 * {@code prune} may use. The subpackages contain the transports and wire formats.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "host", "host :: disk", "progress", "text"})
@NullMarked
package dev.cachewarden.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
