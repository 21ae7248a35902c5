package dev.cachewarden.run.execution;

import java.time.Duration;

/** A way to pause the current thread. */
@FunctionalInterface
interface Pauses {

    /** The longest single pause, so that a cancellation takes effect soon. */
    Duration STEP = Duration.ofSeconds(1);

    void pause(Duration time);
}
