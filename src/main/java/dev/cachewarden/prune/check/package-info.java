/** Warnings about policy settings that are valid but may be unintended, based on the content of a policy and on the hosts in its scope. */
@NamedInterface("check")
@NullMarked
package dev.cachewarden.prune.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
