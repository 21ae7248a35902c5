package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.plan.OutcomeReason.Code;
import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.execution.RunLedger.Open;
import dev.cachewarden.run.execution.RunLedger.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The verification of a run. It determines from a new snapshot what the run actually deleted, and closes the run with that result. It
 * follows every run that deleted records, and a run whose replica stopped.
 */
@Component
public class RunVerification {

    private static final Logger log = LoggerFactory.getLogger(RunVerification.class);

    private final HostRegistry hosts;
    private final HostSampler sampler;
    private final RunAccount account;
    private final DataRootDisk disk;
    private final RunLedger ledger;
    private final PruneSettings settings;
    private final InstantSource clock;

    RunVerification(
            HostRegistry hosts,
            HostSampler sampler,
            RunAccount account,
            DataRootDisk disk,
            RunLedger ledger,
            PruneSettings settings,
            InstantSource clock) {
        this.hosts = hosts;
        this.sampler = sampler;
        this.account = account;
        this.disk = disk;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Closes a run in state VERIFYING. If the host is unreachable, the run stays in this state, and a replica retries once its heartbeat is
     * old. The retries end after {@code cachewarden.prune.verify-for}.
     */
    public void verify(ActiveRun run) {
        account.markReportedAsPruned(run);
        switch (read(run)) {
            case HostReading.Read read -> {
                account.reconcile(run, read.snapshot(), record -> false);
                boolean stopped = ledger.stopRequested(run);
                ledger.record(
                        run,
                        ledger.open(run).stream()
                                .map(open -> notReached(open, stopped))
                                .toList(),
                        clock.instant());
                recordDisk(run);
                close(run, CacheUsage.of(read.snapshot().records()).total().size());
            }
            case HostReading.Unreachable unreachable -> putOff(run, unreachable.problem());
        }
    }

    private HostReading read(ActiveRun run) {
        return hosts.ofBuilder(run.plan().target().builder())
                .map(host -> sampler.sampleNow(host.id()))
                .orElseGet(() -> new HostReading.Unreachable(
                        new HostProblem(HostProblem.Cause.NO_ROUTE, "The host is no longer registered.")));
    }

    private void putOff(ActiveRun run, HostProblem problem) {
        var waited = Duration.between(ledger.deletionEndedAt(run), clock.instant());
        // Retries cannot succeed if the host has another engine. If a user canceled the run, that user waits for its
        // lock on the engine,
        // and a retry would only hold the lock longer.
        boolean hopeless = problem.cause() == HostProblem.Cause.DIFFERENT_ENGINE
                || problem.cause() == HostProblem.Cause.ENGINE_CONFLICT
                || ledger.stopRequested(run);
        if (!hopeless && waited.compareTo(settings.verifyFor()) < 0) {
            log.info("Cannot verify run {} yet: {}", run.id(), problem.message());
            return;
        }
        boolean stopped = ledger.stopRequested(run);
        var outcomes = ledger.open(run).stream()
                .map(open -> open.sent()
                        ? Outcome.of(open.recordId(), RecordOutcome.FAILED, Code.UNKNOWN)
                        : notReached(open, stopped))
                .toList();
        account.markSentAsPruned(run);
        ledger.record(run, outcomes, clock.instant());
        ledger.add(run, RunNote.ofProblem(RunNote.Code.NOT_VERIFIED, problem.message()));
        close(run, null);
    }

    private static Outcome notReached(Open open, boolean stopped) {
        return Outcome.of(open.recordId(), RecordOutcome.SKIPPED, stopped ? Code.STOPPED : Code.BROKE_OFF);
    }

    private void recordDisk(ActiveRun run) {
        var free = hosts.ofBuilder(run.plan().target().builder()).map(disk::free);
        if (free.isPresent()) {
            ledger.recordDiskAfter(run, free.get());
        }
    }

    private void close(ActiveRun run, @Nullable ByteSize cacheAfter) {
        ledger.close(run, state(run), cacheAfter, clock.instant());
    }

    private RunState state(ActiveRun run) {
        var tally = ledger.tally(run);
        if (tally.stopped()) {
            return RunState.CANCELED;
        }
        if (tally.failed() == 0 && tally.notReached() == 0) {
            return RunState.DONE;
        }
        return tally.deleted() > 0 ? RunState.PARTIAL : RunState.FAILED;
    }
}
