/** The pages of policies: the list, one of them with its versions, and the form with its live preview. */
@NullMarked
package dev.cachewarden.dashboard.policy;

import org.jspecify.annotations.NullMarked;
