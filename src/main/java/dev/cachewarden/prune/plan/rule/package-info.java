/** The input of a prune: rules, their selections and limits, pins, the ceiling, and the guards of a run. */
@NamedInterface("rule")
@NullMarked
package dev.cachewarden.prune.plan.rule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
