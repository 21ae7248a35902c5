package dev.cachewarden.engine.connection;

import dev.cachewarden.engine.RunningTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A total limit of time for work that may hang. It is measured in {@link RunningTime}, from when the work has begun: what an overloaded
 * process does not hear in time is not held against the host.
 */
public final class TimeLimit {

    /** However little the process gets to run, nobody waits longer than this many times the limit. */
    private static final int LONGEST = 10;

    /** Between two looks at how much of the limit is used up. */
    private static final long LEAST_WAIT = Duration.ofMillis(20).toNanos();

    private TimeLimit() {}

    /** Work that tells when it waits for a host; only that counts. */
    @FunctionalInterface
    public interface Work<T> {
        T with(HostTime time) throws Exception;
    }

    /**
     * Does the work on a virtual thread, which is interrupted when the time is over or when the caller is interrupted. Reads
     * from a socket end at once then; on other threads they would not.
     *
     * @param endpoint what is asked, for messages
     * @throws dev.cachewarden.engine.EngineUnreachableException when the time is over, or the caller was interrupted
     * @throws ExecutionException with what the work threw
     */
    public static <T> T ofHost(Duration limit, Failures failures, String endpoint, Work<T> work)
            throws ExecutionException {
        try {
            return limited(limit, endpoint + " of " + failures.who(), work, RunningTime.OF_PROCESS);
        } catch (TimeoutException e) {
            throw failures.timeout(endpoint, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(endpoint);
        }
    }

    /** The same for work that is nothing but waiting for a host. */
    public static <T> T within(Duration limit, Failures failures, String endpoint, Callable<T> work)
            throws ExecutionException {
        return ofHost(limit, failures, endpoint, time -> time.of(work::call));
    }

    /**
     * The same for what is no call to an engine.
     *
     * @param name of the thread
     */
    public static <T> T within(Duration limit, String name, Callable<T> work)
            throws ExecutionException, InterruptedException, TimeoutException {
        return limited(limit, name, time -> time.of(work::call), RunningTime.OF_PROCESS);
    }

    static <T> T limited(Duration limit, String name, Work<T> work, RunningTime running)
            throws ExecutionException, InterruptedException, TimeoutException {
        // A result that is there at once would be given in spite of an interrupt.
        if (Thread.interrupted()) {
            throw new InterruptedException(name);
        }
        var time = new HostTime(running);
        var task = new FutureTask<>(() -> work.with(time));
        try (var use = running.use()) {
            Thread.ofVirtual().name(name).start(task);
            return result(task, limit, time, use);
        } catch (TimeoutException | InterruptedException e) {
            task.cancel(true);
            throw e;
        }
    }

    private static <T> T result(FutureTask<T> task, Duration limit, HostTime time, RunningTime.Use use)
            throws ExecutionException, InterruptedException, TimeoutException {
        while (true) {
            long left = limit.minus(time.spent()).toNanos();
            try {
                return task.get(Math.max(left, LEAST_WAIT), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                boolean over = time.spent().compareTo(limit) >= 0;
                if (over || use.lasted().compareTo(limit.multipliedBy(LONGEST)) >= 0) {
                    throw e;
                }
            }
        }
    }
}
