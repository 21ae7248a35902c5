package dev.cachewarden.build.intake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A step that repeats on its own thread while the service runs, even if it throws. A series of failures is logged once, for example while
 * the database is unavailable.
 */
public abstract class RepeatedStep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedStep.class);

    private final String what;
    private final Duration pause;
    private final Duration pauseAfterFailure;
    private volatile @Nullable Thread loop;
    private boolean failing;

    /**
     * Creates the step.
     *
     * @param what start of log messages, such as {@code Looking for hosts to follow}
     */
    protected RepeatedStep(String what, Duration pause, Duration pauseAfterFailure) {
        this.what = what;
        this.pause = pause;
        this.pauseAfterFailure = pauseAfterFailure;
    }

    /** Runs the step once. */
    protected abstract void step();

    @Override
    public void start() {
        var started = Thread.ofVirtual().name(getClass().getSimpleName()).unstarted(this::repeat);
        // Set before the thread starts, because the thread ends when it is no longer the current one.
        loop = started;
        started.start();
    }

    private void repeat() {
        try {
            while (loop == Thread.currentThread()) {
                Thread.sleep(stepOrTell() ? pause : pauseAfterFailure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stepOrTell() {
        try {
            step();
            if (failing) {
                LOG.info("{} works again", what);
            }
            failing = false;
            return true;
        } catch (RuntimeException | Error e) {
            if (failing || loop != Thread.currentThread()) {
                LOG.debug("{} failed again", what, e);
            } else {
                LOG.warn("{} failed; will retry", what, e);
                failing = true;
            }
            return false;
        }
    }

    @Override
    public void stop() {
        var stopped = loop;
        loop = null;
        if (stopped != null) {
            stopped.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
