package dev.cachewarden.notify.store;

import dev.cachewarden.notify.NotifySettings;
import dev.cachewarden.repeat.RepeatedSteps;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.repeat.Repetition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Repeats the delivery of notifications. A service that hangs occupies one worker, for at most 10 seconds. */
@Component
class OutboxLoop extends RepeatedSteps {

    private static final int WORKERS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);

    private final Dispatcher dispatcher;
    private final OutboxRows rows;
    private final NotifySettings settings;
    private final InstantSource clock;
    private final Repeater repeater;

    OutboxLoop(
            Dispatcher dispatcher, OutboxRows rows, NotifySettings settings, InstantSource clock, Repeater repeater) {
        this.dispatcher = dispatcher;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
        this.repeater = repeater;
    }

    @Override
    protected List<Repetition> begin() {
        var steps = new ArrayList<Repetition>();
        for (int i = 0; i < (settings.enabled() ? WORKERS : 0); i++) {
            steps.add(repeater.repeat("Sending notifications", PAUSE, dispatcher::sendAll));
        }
        steps.add(repeater.repeat("Deleting old notifications", CLEAN_UP_EVERY, this::cleanUp));
        return List.copyOf(steps);
    }

    private void cleanUp() {
        rows.deleteOlderThan(clock.instant().minus(settings.keep()));
    }
}
