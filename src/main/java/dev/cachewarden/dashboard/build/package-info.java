/** Pages of builds: the list, one build with its steps, and what many builds say together. */
@NullMarked
package dev.cachewarden.dashboard.build;

import org.jspecify.annotations.NullMarked;
