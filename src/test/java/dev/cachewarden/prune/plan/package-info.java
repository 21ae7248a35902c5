/** Tests of what a prune would delete, and why. */
@NullMarked
package dev.cachewarden.prune.plan;

import org.jspecify.annotations.NullMarked;
