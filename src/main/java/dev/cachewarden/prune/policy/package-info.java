/** Validation and storage of policies, and claims on policies that are due. */
@NullMarked
package dev.cachewarden.prune.policy;

import org.jspecify.annotations.NullMarked;
