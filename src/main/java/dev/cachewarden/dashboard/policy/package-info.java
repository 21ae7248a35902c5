/** The pages of policies: the list, the page of a policy with its versions, and the form with its live preview. */
@NullMarked
package dev.cachewarden.dashboard.policy;

import org.jspecify.annotations.NullMarked;
