/** The pages of all hosts together: the overview and the list. */
@NullMarked
package dev.cachewarden.dashboard.fleet;

import org.jspecify.annotations.NullMarked;
