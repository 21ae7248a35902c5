package dev.cachewarden.history.poll;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.store.StoredReadings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has readings told that this replica did not make, once a minute; the first time when a replica that polls has read most hosts anew. */
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
            Attempt.run("Reading what other replicas stored", () -> readings.tell(this::isCurrent));
        }
    }

    private boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    /** Lets the builder that is read end: an interrupt within the driver closes the connection to the database. */
    @Override
    public void stop() {
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
