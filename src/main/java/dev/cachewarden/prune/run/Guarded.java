package dev.cachewarden.prune.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A step of a loop that logs what it fails by and lets the loop go on. The one place in pruning that catches everything. */
final class Guarded {

    private static final Logger log = LoggerFactory.getLogger(Guarded.class);

    private Guarded() {}

    static Runnable step(String what, Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (ActiveRun.LostException e) {
                log.warn("{}: {}", what, e.getMessage());
            } catch (RuntimeException e) {
                log.error("{} failed; it is tried again or taken over later", what, e);
            }
        };
    }
}
