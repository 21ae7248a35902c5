/** The page that shows what a policy would have done. */
@NullMarked
package dev.cachewarden.dashboard.replay;

import org.jspecify.annotations.NullMarked;
