package dev.cachewarden.repeat;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** A step that repeats. Two runs of it never overlap. */
public final class Repetition {

    private final SimpleAsyncTaskScheduler scheduler;
    private final Guard guard;
    private final Supplier<Duration> step;
    private final Duration afterFailure;
    private @Nullable Future<?> next;
    private @Nullable Thread running;
    private long turn;
    private boolean wake;
    private boolean stopped;

    Repetition(SimpleAsyncTaskScheduler scheduler, Guard guard, Supplier<Duration> step, Duration afterFailure) {
        this.scheduler = scheduler;
        this.guard = guard;
        this.step = step;
        this.afterFailure = afterFailure;
    }

    synchronized void schedule(Duration pause) {
        if (stopped) {
            return;
        }
        long mine = ++turn;
        try {
            next = scheduler.schedule(
                    () -> run(mine), scheduler.getClock().instant().plus(pause));
        } catch (TaskRejectedException e) {
            // The service is stopping.
            stopped = true;
        }
    }

    private void run(long mine) {
        synchronized (this) {
            if (stopped || mine != turn) {
                return;
            }
            running = Thread.currentThread();
            wake = false;
        }
        var pause = new AtomicReference<>(afterFailure);
        guard.run(() -> pause.set(step.get()));
        synchronized (this) {
            running = null;
            schedule(wake ? Duration.ZERO : pause.get());
        }
    }

    /** Runs the step now, or again immediately if it is running. */
    public synchronized void wakeUp() {
        wake = true;
        if (running == null) {
            schedule(Duration.ZERO);
        }
    }

    /** Stops the repetition after the current step. */
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    /** Stops the repetition, and interrupts the current step. */
    public synchronized void stopNow() {
        stop();
        if (running != null) {
            running.interrupt();
        }
    }
}
