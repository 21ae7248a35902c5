package dev.cachewarden.history.poll;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs actions of the poll loop and logs every failure, so that the loop continues. */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private Attempt() {}

    /** An action that may fail. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** @param what start of the log message, such as {@code Polling ci-1} */
    static void run(String what, Action action) {
        try {
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("{} was interrupted", what);
        } catch (Exception e) {
            if (Thread.currentThread().isInterrupted()) {
                // The service is stopping and interrupts the thread that runs this action.
                LOG.debug("{} was interrupted", what, e);
            } else {
                LOG.error("{} failed", what, e);
            }
        }
    }
}
