package dev.cachewarden.run.execution;

import dev.cachewarden.repeat.RepeatedSteps;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.repeat.Repetition;
import dev.cachewarden.run.PruneSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The loop that searches for external prunes while the service runs, even on a replica that starts no runs. */
@Component
class ExternalPruneLoop extends RepeatedSteps {

    private static final Duration SEARCH_EVERY = Duration.ofSeconds(10);
    private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);

    private final ExternalPruneSearch search;
    private final ExternalPruneRows rows;
    private final PruneSettings settings;
    private final InstantSource clock;
    private final Repeater repeater;

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
    protected List<Repetition> begin() {
        return List.of(
                repeater.repeatLater("Detecting external prunes", SEARCH_EVERY, search::search),
                repeater.repeatLater("Deleting old external prunes", CLEAN_UP_EVERY, this::cleanUp));
    }

    private void cleanUp() {
        rows.deleteOlderThan(clock.instant().minus(settings.keepRuns()));
    }
}
