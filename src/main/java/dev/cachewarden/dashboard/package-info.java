/**
 * The pages for the browser, put together from what the other packages offer. Nobody depends on it.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "host", "engine", "history", "prune", "access", "rest"})
@NullMarked
package dev.cachewarden.dashboard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
