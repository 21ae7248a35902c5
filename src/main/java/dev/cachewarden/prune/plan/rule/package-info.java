/** What a prune is told: rules, what they look at and how much room they leave, pins, the ceiling and the guards of a run. */
@NamedInterface("rule")
@NullMarked
package dev.cachewarden.prune.plan.rule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
