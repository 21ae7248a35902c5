/** The page that shows the effect that a policy would have had in the past. */
@NullMarked
package dev.cachewarden.dashboard.replay;

import org.jspecify.annotations.NullMarked;
