/**
 * Samples of each builder's cache over time: when a record came, changed, was used and went, and how much there was.
 * A reading is stored by its difference from the last. Publishes {@link dev.cachewarden.history.UsageSampled}.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "host", "host :: disk", "engine", "text", "rest", "store"})
@NullMarked
package dev.cachewarden.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
