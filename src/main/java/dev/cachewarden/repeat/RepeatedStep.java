package dev.cachewarden.repeat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** A component with one step that repeats while the service runs. */
public abstract class RepeatedStep implements SmartLifecycle {

    private final Repeater repeater;
    private final String what;
    private final Duration first;
    private final Duration pause;
    private final Duration pauseAfterFailure;
    private volatile @Nullable Repetition repetition;

    /**
     * Creates a step that runs at the start of the service, too.
     *
     * @param what the start of log messages, such as {@code Searching for hosts to follow}
     */
    protected RepeatedStep(Repeater repeater, String what, Duration pause, Duration pauseAfterFailure) {
        this(repeater, what, Duration.ZERO, pause, pauseAfterFailure);
    }

    /** Creates a step that runs for the first time after a pause. */
    protected RepeatedStep(Repeater repeater, String what, Duration pause) {
        this(repeater, what, pause, pause, pause);
    }

    private RepeatedStep(Repeater repeater, String what, Duration first, Duration pause, Duration pauseAfterFailure) {
        this.repeater = repeater;
        this.what = what;
        this.first = first;
        this.pause = pause;
        this.pauseAfterFailure = pauseAfterFailure;
    }

    /** Runs the step once. */
    protected abstract void step();

    /** Returns whether the settings enable the step. */
    protected boolean enabled() {
        return true;
    }

    /** Ends the repetition, and interrupts the step if it runs. */
    protected void end(Repetition repeated) {
        repeated.stopNow();
    }

    /** Releases what the step used, after its repetition ended. */
    protected void release() {}

    /** Runs the step now, or again immediately if it is running. A step that is not repeated stays so. */
    protected final void wakeUp() {
        var repeated = repetition;
        if (repeated != null) {
            repeated.wakeUp();
        }
    }

    @Override
    public synchronized void start() {
        if (repetition == null && enabled()) {
            repetition = repeater.repeat(what, first, pauseAfterFailure, () -> {
                step();
                return pause;
            });
        }
    }

    @Override
    public synchronized void stop() {
        var stopped = repetition;
        repetition = null;
        if (stopped != null) {
            end(stopped);
            release();
        }
    }

    @Override
    public boolean isRunning() {
        return repetition != null;
    }
}
