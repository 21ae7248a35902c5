/** Tests of runs. */
@NullMarked
package dev.cachewarden.prune.run;

import org.jspecify.annotations.NullMarked;
