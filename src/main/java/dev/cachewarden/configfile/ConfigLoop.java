package dev.cachewarden.configfile;

import dev.cachewarden.repeat.Guard;
import dev.cachewarden.repeat.RepeatedStep;
import dev.cachewarden.repeat.Repeater;
import org.springframework.stereotype.Component;

/** Checks the configuration file at the start, before hosts are polled and policies run, and then periodically. */
@Component
class ConfigLoop extends RepeatedStep {

    /** The other loops and the web server have the last phases, so this loop starts before them. */
    private static final int PHASE = 0;

    private static final String WHAT = "Checking the configuration file";

    private final ConfigWatch watch;
    private final ConfigSettings settings;

    ConfigLoop(ConfigWatch watch, ConfigSettings settings, Repeater repeater) {
        super(repeater, WHAT, settings.configCheckEvery());
        this.watch = watch;
        this.settings = settings;
    }

    @Override
    protected boolean enabled() {
        return settings.config() != null;
    }

    /** Starts the loop after a first check. The service must start even if the file causes an exception. */
    @Override
    public synchronized void start() {
        if (!isRunning() && enabled()) {
            Guard.task(WHAT, watch::check).run();
        }
        super.start();
    }

    @Override
    protected void step() {
        watch.check();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
