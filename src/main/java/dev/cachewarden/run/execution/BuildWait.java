package dev.cachewarden.run.execution;

import dev.cachewarden.build.RunningBuilds;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.run.RunNote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A wait until no build runs. It checks two sources: the running builds from the builder's history, and records in use in its snapshots.
 * Builders without a history show only the latter. When the time for the wait is over, the run starts while builds run. It never deletes
 * records in use, and a host that never stops building would otherwise never be pruned.
 */
@Component
class BuildWait {

    /** The interval between two snapshots. A snapshot takes the builder some milliseconds. */
    private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

    private final RunLedger ledger;
    private final Pauses pauses;
    private final RunningBuilds builds;
    private final InstantSource clock;

    BuildWait(RunLedger ledger, Pauses pauses, RunningBuilds builds, InstantSource clock) {
        this.ledger = ledger;
        this.pauses = pauses;
        this.builds = builds;
        this.clock = clock;
    }

    /** The result of the wait. */
    sealed interface Outcome {

        /** The end of the wait: no build uses the cache, or the wait timed out. */
        record Ready(CacheSnapshot snapshot) implements Outcome {}

        /** The host became unreachable. */
        record Lost(HostReading.Unreachable reading) implements Outcome {}

        /** A user canceled the run. */
        record Canceled() implements Outcome {}

        /** The service is about to stop. */
        record ShutDown() implements Outcome {}
    }

    /**
     * Waits until no build runs.
     *
     * @param first the cache as just read
     * @param atMost the longest wait, counted from the first time the run waited, on any replica
     * @param read takes a new snapshot
     */
    Outcome await(
            ActiveRun run,
            CacheSnapshot first,
            Duration atMost,
            Supplier<HostReading> read,
            BooleanSupplier shuttingDown) {
        if (atMost.isZero() || !busy(first)) {
            return new Outcome.Ready(first);
        }
        var until = ledger.beginWaiting(run, clock.instant()).plus(atMost);
        var snapshot = first;
        while (busy(snapshot)) {
            if (!clock.instant().isBefore(until)) {
                ledger.add(run, RunNote.waitTimedOut(atMost));
                break;
            }
            var interrupted = pause(run, until, shuttingDown);
            if (interrupted != null) {
                return interrupted;
            }
            switch (read.get()) {
                case HostReading.Read next -> snapshot = next.snapshot();
                case HostReading.Unreachable unreachable -> {
                    return new Outcome.Lost(unreachable);
                }
            }
        }
        ledger.endWaiting(run, clock.instant());
        return new Outcome.Ready(snapshot);
    }

    private boolean busy(CacheSnapshot snapshot) {
        return snapshot.records().stream().anyMatch(CacheRecord::inUse) || builds.any(snapshot.builder());
    }

    /**
     * Waits until the next check.
     *
     * @return the reason to end the wait, or null if the pause elapsed
     */
    private @Nullable Outcome pause(ActiveRun run, Instant until, BooleanSupplier shuttingDown) {
        var next = clock.instant().plus(CHECK_EVERY);
        var end = next.isBefore(until) ? next : until;
        while (clock.instant().isBefore(end)) {
            pauses.pause(Pauses.STEP);
            if (ledger.stopRequested(run)) {
                return new Outcome.Canceled();
            }
            if (shuttingDown.getAsBoolean()) {
                ledger.release(run);
                return new Outcome.ShutDown();
            }
        }
        return null;
    }
}
