package dev.cachewarden.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A total time limit for work that may hang. It is measured in {@link RunningTime} from the start of the work. So a host is not blamed for
 * a timeout if the overloaded process read its answer late.
 */
public final class TimeLimit {

    /** The absolute limit by the clock, as a multiple of the limit. It applies regardless of how little the process gets to run. */
    private static final int LONGEST = 10;

    /** The minimum interval between two checks of the used time, in nanoseconds. */
    private static final long LEAST_WAIT = Duration.ofMillis(20).toNanos();

    private TimeLimit() {}

    /** Work that reports its waits for a host. Only the duration of these waits counts. */
    @FunctionalInterface
    public interface Work<T> {
        T with(HostTime time) throws Exception;
    }

    /**
     * Runs the work on a virtual thread, and interrupts that thread when the time is over or the caller is interrupted. An interrupt ends
     * reads from a socket immediately on a virtual thread, but not on a platform thread.
     *
     * @param endpoint the requested endpoint, for messages
     * @throws dev.cachewarden.engine.EngineUnreachableException if the time is over, or the caller was interrupted
     * @throws ExecutionException with the exception of the work as its cause
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

    /** Runs work that only waits for a host, under the same limit. */
    public static <T> T within(Duration limit, Failures failures, String endpoint, Callable<T> work)
            throws ExecutionException {
        return ofHost(limit, failures, endpoint, time -> time.of(work::call));
    }

    /**
     * Runs work that is not a call to an engine, under the same limit.
     *
     * @param name of the thread
     */
    public static <T> T within(Duration limit, String name, Callable<T> work)
            throws ExecutionException, InterruptedException, TimeoutException {
        return limited(limit, name, time -> time.of(work::call), RunningTime.OF_PROCESS);
    }

    static <T> T limited(Duration limit, String name, Work<T> work, RunningTime running)
            throws ExecutionException, InterruptedException, TimeoutException {
        // FutureTask.get would return a result that is ready immediately, despite an interrupt.
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
