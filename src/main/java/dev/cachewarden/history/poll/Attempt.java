package dev.cachewarden.history.poll;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where whatever goes wrong is logged, so that the loop goes on. */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private Attempt() {}

    /** Something that may fail. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** @param what at the beginning of a sentence, such as {@code Polling ci-1} */
    static void run(String what, Action action) {
        try {
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("{} was interrupted", what);
        } catch (Exception e) {
            if (Thread.currentThread().isInterrupted()) {
                // The service is being stopped, and with it whatever this was waiting for.
                LOG.debug("{} was interrupted", what, e);
            } else {
                LOG.error("{} failed", what, e);
            }
        }
    }
}
