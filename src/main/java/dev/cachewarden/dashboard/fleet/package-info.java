/** The pages of all hosts: the overview and the list. */
@NullMarked
package dev.cachewarden.dashboard.fleet;

import org.jspecify.annotations.NullMarked;
