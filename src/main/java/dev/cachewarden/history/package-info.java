/**
 * The history of each builder's cache: when records were created, changed, used, and deleted, and the total usage. A reading is stored as
 * its difference from the last one. Publishes {@link dev.cachewarden.history.UsageSampled}, and serves records, builders, and usage over REST.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "host", "engine", "text", "rest", "store", "repeat"})
@NullMarked
package dev.cachewarden.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
