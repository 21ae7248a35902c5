/** The domain values: cache records, their types, sizes, and totals. This package does not depend on Spring, a database, or an engine. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cachewarden.buildcache;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
