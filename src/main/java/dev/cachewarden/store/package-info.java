/**
 * The database: an embedded PostgreSQL, unless {@code spring.datasource.url} names another one. This package does not depend on the stored
 * content.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "repeat"})
@NullMarked
package dev.cachewarden.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
