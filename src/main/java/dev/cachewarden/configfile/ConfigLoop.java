package dev.cachewarden.configfile;

import dev.cachewarden.repeat.Guard;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.repeat.Repetition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Checks the configuration file at the start, before hosts are polled and policies run, and then periodically. */
@Component
class ConfigLoop implements SmartLifecycle {

    /** The other loops and the web server have the last phases, so this loop starts before them. */
    private static final int PHASE = 0;

    private static final String WHAT = "Checking the configuration file";

    private final ConfigWatch watch;
    private final ConfigSettings settings;
    private final Repeater repeater;
    private @Nullable Repetition repetition;

    ConfigLoop(ConfigWatch watch, ConfigSettings settings, Repeater repeater) {
        this.watch = watch;
        this.settings = settings;
        this.repeater = repeater;
    }

    @Override
    public synchronized void start() {
        if (repetition != null || settings.config() == null) {
            return;
        }
        // The service must start even if the file causes an exception.
        Guard.task(WHAT, watch::look).run();
        repetition = repeater.repeatLater(WHAT, settings.configCheckEvery(), watch::look);
    }

    @Override
    public synchronized void stop() {
        if (repetition != null) {
            repetition.stopNow();
            repetition = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return repetition != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
