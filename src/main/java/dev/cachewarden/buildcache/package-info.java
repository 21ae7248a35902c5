/**
 * The words of the field as values: cache records, their types, sizes and sums. Nothing here knows of Spring, of a
 * database or of an engine.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cachewarden.buildcache;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
