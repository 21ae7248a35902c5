/**
 * The forecast when a disk will be full: from the growth of the cache and of the rest of the disk, as a range with its basis, or a reason why
 * there is none. This package is pure. Entry points: {@link dev.cachewarden.forecast.Forecaster} computes, and
 * {@link dev.cachewarden.forecast.Forecasts} returns what is stored.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "host", "history", "policy", "run", "rest", "store", "repeat"})
@NullMarked
package dev.cachewarden.forecast;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
