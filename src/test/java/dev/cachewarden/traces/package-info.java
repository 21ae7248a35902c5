/** Traces of real builds, recorded by {@code src/test/traces/record}, and their replay on the simulator. */
@NullMarked
package dev.cachewarden.traces;

import org.jspecify.annotations.NullMarked;
