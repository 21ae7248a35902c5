package dev.cachewarden.history.poll;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.store.StoredReadings;
import dev.cachewarden.repeat.RepeatedStep;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.repeat.Repetition;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Publishes the readings of other replicas once a minute. It starts after the first minute, when the polling replica has read most hosts
 * again.
 */
@Component
final class ReadingReplayLoop extends RepeatedStep {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final StoredReadings readings;
    private final HistorySettings settings;

    ReadingReplayLoop(StoredReadings readings, HistorySettings settings, Repeater repeater) {
        super(repeater, "Reading the results of other replicas", PAUSE);
        this.readings = readings;
        this.settings = settings;
    }

    @Override
    protected boolean enabled() {
        return settings.polling();
    }

    @Override
    protected void step() {
        readings.publishNew(this::isRunning);
    }

    /**
     * Ends the loop after the current builder. It does not interrupt, because that closes the connection to the database within the
     * driver.
     */
    @Override
    protected void end(List<Repetition> steps) {
        steps.forEach(Repetition::stop);
    }
}
