/**
 * What a prune would delete, and why: a pure function of records, rules and time. No clock, no store, no engine.
 * {@link dev.cachewarden.prune.plan.PrunePlanner} is the way in.
 */
@NamedInterface("plan")
@NullMarked
package dev.cachewarden.prune.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
