package dev.cachewarden.configfile;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.TaskUtils;
import org.springframework.stereotype.Component;

/** Checks the configuration file at the start, before hosts are polled and policies run, and then periodically. */
@Component
class ConfigLoop implements SmartLifecycle {

    /** The other loops and the web server have the last phases, so this loop starts before them. */
    private static final int PHASE = 0;

    private final ConfigWatch watch;
    private final ConfigSettings settings;
    private @Nullable ThreadPoolTaskScheduler timer;

    ConfigLoop(ConfigWatch watch, ConfigSettings settings) {
        this.watch = watch;
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The scheduler logs what a look throws, and goes on.
    public synchronized void start() {
        if (timer != null || settings.config() == null) {
            return;
        }
        // The service must start even if the file causes an exception.
        TaskUtils.decorateTaskWithErrorHandler(watch::look, TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER, true)
                .run();
        timer = new ThreadPoolTaskScheduler();
        timer.setThreadNamePrefix("config-");
        timer.setDaemon(true);
        timer.initialize();
        timer.scheduleWithFixedDelay(watch::look, settings.configCheckEvery());
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdown();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
