package dev.cachewarden.build.repeat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A step that is repeated on a thread of its own while the service is up, whatever it throws. One that fails again and again, as all do
 * while the database is away, is told of once.
 */
public abstract class RepeatedStep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedStep.class);

    private final String what;
    private final Duration pause;
    private final Duration pauseAfterFailure;
    private volatile @Nullable Thread loop;
    private boolean failing;

    /** @param what at the beginning of a sentence, such as {@code Looking for hosts to follow} */
    protected RepeatedStep(String what, Duration pause, Duration pauseAfterFailure) {
        this.what = what;
        this.pause = pause;
        this.pauseAfterFailure = pauseAfterFailure;
    }

    /** Does it once. */
    protected abstract void step();

    @Override
    public void start() {
        var started = Thread.ofVirtual().name(getClass().getSimpleName()).unstarted(this::repeat);
        // Told before it runs: it ends once it finds itself replaced.
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
                LOG.warn("{} failed; it is tried again", what, e);
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
