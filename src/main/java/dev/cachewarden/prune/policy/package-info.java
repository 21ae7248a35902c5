/** Policies as people write them, checked, stored, and claimed when they are due. */
@NullMarked
package dev.cachewarden.prune.policy;

import org.jspecify.annotations.NullMarked;
