package dev.cachewarden.history.poll;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.store.StoredReadings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Publishes the readings of other replicas once a minute. It starts after the first minute, when the polling replica has read most hosts
 * again.
 */
@Component
final class RetellingLoop implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final StoredReadings readings;
    private final HistorySettings settings;
    private volatile @Nullable Thread thread;

    RetellingLoop(StoredReadings readings, HistorySettings settings) {
        this.readings = readings;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.polling()) {
            var started = Thread.ofVirtual().name("stored-readings").unstarted(this::repeat);
            thread = started;
            started.start();
        }
    }

    private void repeat() {
        while (isCurrent()) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            Attempt.run("Reading the results of other replicas", () -> readings.tell(this::isCurrent));
        }
    }

    private boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    /**
     * Stops the loop after the current builder. It does not interrupt, because that closes the connection to the database within the
     * driver.
     */
    @Override
    public void stop() {
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
