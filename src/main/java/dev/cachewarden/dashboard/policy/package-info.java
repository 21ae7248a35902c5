/** The pages of prune policies: the list, one policy, its form, and what it would do now. */
@NullMarked
package dev.cachewarden.dashboard.policy;

import org.jspecify.annotations.NullMarked;
