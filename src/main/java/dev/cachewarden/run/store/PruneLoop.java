package dev.cachewarden.run.store;

import dev.cachewarden.plan.StoredPlans;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.execution.Guarded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The loop that repeats the steps of pruning while the service runs. */
@Component
class PruneLoop implements SmartLifecycle {

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
    private @Nullable ScheduledExecutorService timer;

    PruneLoop(
            RunDispatcher dispatcher,
            PolicyScheduler scheduler,
            StoredPlans plans,
            RunGroups groups,
            RunEnds ends,
            PruneSettings settings,
            InstantSource clock) {
        this.dispatcher = dispatcher;
        this.scheduler = scheduler;
        this.plans = plans;
        this.groups = groups;
        this.ends = ends;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (timer != null || !settings.enabled()) {
            return;
        }
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("prune-loop").factory());
        repeat(timer, "Dispatching runs", () -> dispatcher.tick(clock.instant()), settings.tick());
        repeat(timer, "Firing policies", () -> scheduler.tick(clock.instant()), settings.tick());
        repeat(timer, "Deleting old plans and runs", () -> cleanUp(clock.instant()), CLEAN_UP_EVERY);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A guarded step throws no exception that the future could report.
    private static void repeat(ScheduledExecutorService timer, String what, Runnable step, Duration pause) {
        timer.scheduleWithFixedDelay(Guarded.step(what, step), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
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
    public synchronized void stop() {
        if (timer == null) {
            return;
        }
        dispatcher.shutDown();
        long until = System.nanoTime() + LAST_BATCH.toNanos();
        while (!dispatcher.idle() && System.nanoTime() < until) {
            ends.await(Duration.ofMillis(200));
        }
        timer.shutdownNow();
        timer = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
