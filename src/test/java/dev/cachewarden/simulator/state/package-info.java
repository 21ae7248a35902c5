/** What a simulated engine is at a moment, whichever wire it is asked over: its generation, cache, faults, logs and prunes. */
@NullMarked
package dev.cachewarden.simulator.state;

import org.jspecify.annotations.NullMarked;
