/**
 * Calculation of what a prune would delete, and why. It is a pure function of records, rules, and time, without a clock, a store, or an
 * engine. {@link dev.cachewarden.prune.plan.PrunePlanner} is the entry point.
 */
@NamedInterface("plan")
@NullMarked
package dev.cachewarden.prune.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
