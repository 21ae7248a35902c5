/**
 * The database: an embedded PostgreSQL of our own where no other is named by {@code spring.datasource.url}. Nothing here knows what
 * is stored.
 */
@ApplicationModule(allowedDependencies = {"buildcache"})
@NullMarked
package dev.cachewarden.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
