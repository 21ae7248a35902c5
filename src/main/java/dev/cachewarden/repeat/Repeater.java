package dev.cachewarden.repeat;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * The scheduler of all repeated work. Each step runs on a virtual thread, so a slow step delays no other. The scheduler ends after the
 * components that use it, because some work continues while they stop.
 */
@Component
public final class Repeater implements DisposableBean {

    private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();

    public Repeater() {
        scheduler.setVirtualThreads(true);
        scheduler.setThreadNamePrefix("repeat-");
    }

    /**
     * Repeats a step until the returned repetition is stopped, even if the step fails. The first step runs immediately.
     *
     * @param what the start of log messages, such as {@code Polling}
     * @param pause the time between the end of a step and the next one
     */
    public Repetition repeat(String what, Duration pause, Runnable step) {
        return repeat(what, Duration.ZERO, pause, step);
    }

    /** Repeats a step. The first step runs after a pause, too. */
    public Repetition repeatLater(String what, Duration pause, Runnable step) {
        return repeat(what, pause, pause, step);
    }

    private Repetition repeat(String what, Duration first, Duration pause, Runnable step) {
        return repeat(what, first, pause, () -> {
            step.run();
            return pause;
        });
    }

    /**
     * Repeats a step that determines the pause after it.
     *
     * @param afterFailure the pause after a failure
     * @param step returns the pause
     */
    public Repetition repeat(String what, Duration first, Duration afterFailure, Supplier<Duration> step) {
        var repetition = new Repetition(scheduler, new Guard(what), step, afterFailure);
        repetition.schedule(first);
        return repetition;
    }

    @Override
    public void destroy() {
        scheduler.close();
    }
}
