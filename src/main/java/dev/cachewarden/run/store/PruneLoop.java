package dev.cachewarden.run.store;

import dev.cachewarden.plan.StoredPlans;
import dev.cachewarden.repeat.RepeatedSteps;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.repeat.Repetition;
import dev.cachewarden.run.PruneSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The loop that repeats the steps of pruning while the service runs. */
@Component
class PruneLoop extends RepeatedSteps {

    private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);

    /** The longest wait for running batches. Together with all other components, a shutdown takes less than 20 seconds. */
    private static final Duration LAST_BATCH = Duration.ofSeconds(8);

    private final RunDispatcher dispatcher;
    private final PolicyScheduler scheduler;
    private final StoredPlans plans;
    private final RunGroups groups;
    private final RunEnds ends;
    private final PruneSettings settings;
    private final InstantSource clock;
    private final Repeater repeater;

    PruneLoop(
            RunDispatcher dispatcher,
            PolicyScheduler scheduler,
            StoredPlans plans,
            RunGroups groups,
            RunEnds ends,
            PruneSettings settings,
            InstantSource clock,
            Repeater repeater) {
        this.dispatcher = dispatcher;
        this.scheduler = scheduler;
        this.plans = plans;
        this.groups = groups;
        this.ends = ends;
        this.settings = settings;
        this.clock = clock;
        this.repeater = repeater;
    }

    @Override
    protected boolean enabled() {
        return settings.enabled();
    }

    @Override
    protected List<Repetition> begin() {
        return List.of(
                repeater.repeat("Dispatching runs", settings.tick(), () -> dispatcher.tick(clock.instant())),
                repeater.repeat("Starting policies", settings.tick(), () -> scheduler.tick(clock.instant())),
                repeater.repeat("Deleting old plans and runs", CLEAN_UP_EVERY, () -> cleanUp(clock.instant())));
    }

    private void cleanUp(Instant now) {
        plans.deleteOlderThan(now.minus(settings.keepPlans()), now.minus(settings.keepRuns()));
        groups.deleteOlderThan(now.minus(settings.keepRuns()));
    }

    /**
     * Lets runs finish their batch, and continues their heartbeat meanwhile. Another replica later takes over the runs that are not done by
     * then.
     */
    @Override
    protected void end(List<Repetition> steps) {
        dispatcher.shutDown();
        long until = System.nanoTime() + LAST_BATCH.toNanos();
        while (!dispatcher.idle() && System.nanoTime() < until) {
            ends.await(Duration.ofMillis(200));
        }
        super.end(steps);
    }
}
