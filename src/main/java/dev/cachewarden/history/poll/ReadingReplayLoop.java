package dev.cachewarden.history.poll;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.store.StoredReadings;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.repeat.Repetition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Publishes the readings of other replicas once a minute. It starts after the first minute, when the polling replica has read most hosts
 * again.
 */
@Component
final class ReadingReplayLoop implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final StoredReadings readings;
    private final HistorySettings settings;
    private final Repeater repeater;
    private volatile @Nullable Repetition repetition;

    ReadingReplayLoop(StoredReadings readings, HistorySettings settings, Repeater repeater) {
        this.readings = readings;
        this.settings = settings;
        this.repeater = repeater;
    }

    @Override
    public void start() {
        if (settings.polling()) {
            repetition = repeater.repeatLater(
                    "Reading the results of other replicas", PAUSE, () -> readings.publishNew(this::isRunning));
        }
    }

    /**
     * Stops the loop after the current builder. It does not interrupt, because that closes the connection to the database within the
     * driver.
     */
    @Override
    public void stop() {
        var stopped = repetition;
        repetition = null;
        if (stopped != null) {
            stopped.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return repetition != null;
    }
}
