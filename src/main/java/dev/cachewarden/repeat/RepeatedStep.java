package dev.cachewarden.repeat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** A component with one step that repeats while the service runs. */
public abstract class RepeatedStep implements SmartLifecycle {

    private final Repeater repeater;
    private final String what;
    private final Duration pause;
    private final Duration pauseAfterFailure;
    private volatile @Nullable Repetition repetition;

    /**
     * Creates the step.
     *
     * @param what the start of log messages, such as {@code Searching for hosts to follow}
     */
    protected RepeatedStep(Repeater repeater, String what, Duration pause, Duration pauseAfterFailure) {
        this.repeater = repeater;
        this.what = what;
        this.pause = pause;
        this.pauseAfterFailure = pauseAfterFailure;
    }

    /** Runs the step once. */
    protected abstract void step();

    @Override
    public synchronized void start() {
        if (repetition == null) {
            repetition = repeater.repeat(what, Duration.ZERO, pauseAfterFailure, () -> {
                step();
                return pause;
            });
        }
    }

    /** Stops the component, and interrupts the step if it runs. */
    @Override
    public synchronized void stop() {
        var stopped = repetition;
        repetition = null;
        if (stopped != null) {
            stopped.stopNow();
        }
    }

    @Override
    public boolean isRunning() {
        return repetition != null;
    }
}
