/**
 * The decision which records a prune deletes, and why: a pure function of records, rules, and time, without a clock, a store, or an engine. Rules, filters,
 * limits, and pins are values here, so policies and plans share them. Entry point: {@link dev.cachewarden.planner.PrunePlanner}.
 */
@ApplicationModule(allowedDependencies = {"buildcache"})
@NullMarked
package dev.cachewarden.planner;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
