/** Tests of policies. */
@NullMarked
package dev.cachewarden.prune.policy;

import org.jspecify.annotations.NullMarked;
