package dev.cachewarden.repeat;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A guard around work whose failure must not stop other work. It is the only place that catches everything. It logs a series of failures
 * once, for example while the database is unavailable.
 */
public final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final String what;
    private volatile boolean failing;

    /** @param what the start of log messages, such as {@code Polling} */
    public Guard(String what) {
        this.what = what;
    }

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Returns work as a task that does not throw. */
    public static Runnable task(String what, Work work) {
        var guard = new Guard(what);
        return () -> guard.run(work);
    }

    /** Runs work, and returns whether it succeeded. */
    public boolean run(Work work) {
        boolean succeeded = attempt(work, this::log);
        if (succeeded && failing) {
            failing = false;
            LOG.info("{} works again", what);
        }
        return succeeded;
    }

    private void log(Throwable failure) {
        if (failing || Thread.currentThread().isInterrupted()) {
            // Threads are interrupted when the service stops.
            LOG.debug("{} failed again or was interrupted", what, failure);
        } else {
            failing = true;
            LOG.error("{} failed; will retry", what, failure);
        }
    }

    /**
     * Runs work, and passes its exception to a handler, which may throw it. It throws Java errors.
     *
     * @return whether the work succeeded
     */
    public static boolean run(Work work, Consumer<Exception> failed) {
        return attempt(work, failure -> {
            if (failure instanceof Exception exception) {
                failed.accept(exception);
            } else {
                throw (Error) failure;
            }
        });
    }

    private static boolean attempt(Work work, Consumer<Throwable> failed) {
        try {
            work.run();
            return true;
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failed.accept(e);
            return false;
        }
    }
}
