package dev.cachewarden.run.execution;

import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.repeat.Repetition;
import dev.cachewarden.run.PruneSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The loop that searches for external prunes while the service runs, even on a replica that starts no runs. */
@Component
class ExternalPruneLoop implements SmartLifecycle {

    private static final Duration SEARCH_EVERY = Duration.ofSeconds(10);
    private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);

    private final ExternalPruneSearch search;
    private final ExternalPruneRows rows;
    private final PruneSettings settings;
    private final InstantSource clock;
    private final Repeater repeater;
    private List<Repetition> steps = List.of();

    ExternalPruneLoop(
            ExternalPruneSearch search,
            ExternalPruneRows rows,
            PruneSettings settings,
            InstantSource clock,
            Repeater repeater) {
        this.search = search;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
        this.repeater = repeater;
    }

    @Override
    public synchronized void start() {
        if (steps.isEmpty()) {
            steps = List.of(
                    repeater.repeatLater("Detecting external prunes", SEARCH_EVERY, search::search),
                    repeater.repeatLater("Deleting old external prunes", CLEAN_UP_EVERY, this::cleanUp));
        }
    }

    private void cleanUp() {
        rows.deleteOlderThan(clock.instant().minus(settings.keepRuns()));
    }

    @Override
    public synchronized void stop() {
        steps.forEach(Repetition::stopNow);
        steps = List.of();
    }

    @Override
    public synchronized boolean isRunning() {
        return !steps.isEmpty();
    }
}
