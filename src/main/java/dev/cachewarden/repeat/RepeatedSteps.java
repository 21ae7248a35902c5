package dev.cachewarden.repeat;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/** A component with steps that repeat while the service runs. */
public abstract class RepeatedSteps implements SmartLifecycle {

    private volatile List<Repetition> repeated = List.of();

    /** Begins to repeat each step. */
    protected abstract List<Repetition> begin();

    /** Returns whether the settings enable the steps. */
    protected boolean enabled() {
        return true;
    }

    /** Ends the repetitions, and interrupts the steps that run. */
    protected void end(List<Repetition> steps) {
        steps.forEach(Repetition::stopNow);
    }

    /** Releases what the steps used, after their repetitions ended. */
    protected void release() {}

    /** Runs the steps now, or again immediately if they are running. Steps that are not repeated stay so. */
    protected final void wakeUp() {
        repeated.forEach(Repetition::wakeUp);
    }

    @Override
    public synchronized void start() {
        if (repeated.isEmpty() && enabled()) {
            repeated = begin();
        }
    }

    @Override
    public synchronized void stop() {
        var stopped = repeated;
        repeated = List.of();
        if (!stopped.isEmpty()) {
            end(stopped);
            release();
        }
    }

    @Override
    public boolean isRunning() {
        return !repeated.isEmpty();
    }
}
