package dev.cachewarden.run.execution;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A call to an engine that ends after its run is to stop, even if the engine does not respond. */
final class StoppableCall {

    private static final Duration CHECK_EVERY = Duration.ofMillis(500);

    /**
     * The time from the stop to the interrupt. An engine that deletes completes its batch within it. If an engine hangs, an interrupt does
     * no harm.
     */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private StoppableCall() {}

    /**
     * Makes the call on a separate thread. It interrupts that thread once the run is to stop and the grace period is over, or if the
     * calling thread is interrupted. Returns or throws what the call returned or threw.
     */
    static <T> T of(String name, Callable<T> call, BooleanSupplier stop) {
        return of(name, call, stop, GRACE);
    }

    /**
     * Makes the call with another grace period.
     *
     * @param grace the time from the stop to the interrupt
     */
    static <T> T of(String name, Callable<T> call, BooleanSupplier stop, Duration grace) {
        var task = new FutureTask<>(call);
        var thread = Thread.ofVirtual().name(name).start(task);
        long stopSince = 0;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (stopSince == 0 && stop.getAsBoolean()) {
                        stopSince = System.nanoTime();
                    }
                    if (stopSince != 0 && System.nanoTime() - stopSince >= grace.toNanos()) {
                        thread.interrupt();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
