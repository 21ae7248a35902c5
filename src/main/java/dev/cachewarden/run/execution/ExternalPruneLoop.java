package dev.cachewarden.run.execution;

import dev.cachewarden.run.PruneSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The loop that searches for external prunes while the service runs, even on a replica that starts no runs. */
@Component
class ExternalPruneLoop implements SmartLifecycle {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);

    private final ExternalPruneSearch search;
    private final ExternalPruneRows rows;
    private final PruneSettings settings;
    private final InstantSource clock;
    private @Nullable ScheduledExecutorService timer;

    ExternalPruneLoop(ExternalPruneSearch search, ExternalPruneRows rows, PruneSettings settings, InstantSource clock) {
        this.search = search;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("external-prunes").factory());
            repeat(timer, "Detecting external prunes", search::look, LOOK_EVERY);
            repeat(timer, "Deleting old external prunes", this::cleanUp, CLEAN_UP_EVERY);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A guarded step throws no exception that the future could report.
    private static void repeat(ScheduledExecutorService timer, String what, Runnable step, Duration pause) {
        timer.scheduleWithFixedDelay(
                Guarded.step(what, step), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cleanUp() {
        rows.deleteOlderThan(clock.instant().minus(settings.keepRuns()));
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
