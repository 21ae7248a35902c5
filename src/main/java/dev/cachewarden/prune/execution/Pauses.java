package dev.cachewarden.prune.execution;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Pauses {

    /** Longest pause in one, so that a stop is noticed soon. */
    Duration STEP = Duration.ofSeconds(1);

    void pause(Duration time);
}
