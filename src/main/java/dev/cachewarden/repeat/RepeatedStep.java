package dev.cachewarden.repeat;

import java.time.Duration;
import java.util.List;

/** A component with one step that repeats while the service runs. */
public abstract class RepeatedStep extends RepeatedSteps {

    private final Repeater repeater;
    private final String what;
    private final Duration first;
    private final Duration pause;
    private final Duration pauseAfterFailure;

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

    @Override
    protected final List<Repetition> begin() {
        return List.of(repeater.repeat(what, first, pauseAfterFailure, () -> {
            step();
            return pause;
        }));
    }
}
