package dev.cachewarden.engine.connection;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A total limit of time for work that may hang. */
public final class TimeLimit {

    private TimeLimit() {}

    /**
     * Does the work on a virtual thread, which is interrupted when the time is over or when the caller is interrupted. Reads
     * from a socket end at once then; on other threads they would not.
     *
     * @param endpoint what is asked, for messages
     * @throws dev.cachewarden.engine.EngineUnreachableException when the time is over, or the caller was interrupted
     * @throws ExecutionException with what the work threw
     */
    public static <T> T within(Duration limit, Failures failures, String endpoint, Callable<T> work)
            throws ExecutionException {
        try {
            return within(limit, endpoint + " of " + failures.who(), work);
        } catch (TimeoutException e) {
            throw failures.timeout(endpoint, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(endpoint);
        }
    }

    /**
     * The same for what is no call to an engine.
     *
     * @param name of the thread
     */
    public static <T> T within(Duration limit, String name, Callable<T> work)
            throws ExecutionException, InterruptedException, TimeoutException {
        // A result that is there at once would be given in spite of an interrupt.
        if (Thread.interrupted()) {
            throw new InterruptedException(name);
        }
        var task = new FutureTask<>(work);
        Thread.ofVirtual().name(name).start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            task.cancel(true);
            throw e;
        }
    }
}
