package dev.cachewarden.run.execution;

import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.pruning.BuildCachePruner;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.planner.PlannedRecord;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.run.DeletionMethod;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.run.RunNote.Code;
import dev.cachewarden.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * The execution of a run from its claim to its end. It checks the plan, deletes batch by batch, and starts the verification. No transaction
 * is open during a call to an engine. After any exception, a replica finds the run, takes it over, and closes it with its actual result.
 */
@Component
public class RunExecution {

    /** The interval after which the plan is compared with the cache again before the next batch, because builds continue to run. */
    private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

    /**
     * How often a record is passed to the builder at most. BuildKit keeps a record without a report while anything refers to it. A reading
     * of the cache does so for a moment, for example the one of {@code docker system df}: of 110 records passed to Engine 26.1 during
     * continuous readings, 20 were deleted.
     */
    private static final int MOST_SENDS = 3;

    private final RunPreparation preparation;
    private final BuildCachePruner pruner;
    private final RunVerification verification;
    private final RunLedger ledger;
    private final Pauses pauses;
    private final PruneSettings settings;
    private final InstantSource clock;

    RunExecution(
            RunPreparation preparation,
            BuildCachePruner pruner,
            RunVerification verification,
            RunLedger ledger,
            Pauses pauses,
            PruneSettings settings,
            InstantSource clock) {
        this.preparation = preparation;
        this.pruner = pruner;
        this.verification = verification;
        this.ledger = ledger;
        this.pauses = pauses;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Executes a run.
     *
     * @param shuttingDown whether this replica is about to stop, so that it starts no further batch
     */
    public void run(ActiveRun run, BooleanSupplier shuttingDown) {
        switch (preparation.prepare(run, shuttingDown)) {
            case Preparation.Refused refused -> {
                refused.reasons().forEach(reason -> ledger.add(run, reason));
                ledger.close(run, RunState.FAILED, null, clock.instant());
            }
            case Preparation.Canceled canceled -> {
                ledger.add(run, RunNote.of(Code.CANCELED_WHILE_WAITING));
                ledger.close(run, RunState.CANCELED, null, clock.instant());
            }
            case Preparation.Released released -> {}
            case Preparation.Ready ready -> {
                var end = new Deletion(run, ready, shuttingDown).toItsEnd();
                end.forEach(note -> ledger.add(run, note));
                ledger.beginVerifying(run, clock.instant());
                verification.verify(run);
            }
        }
    }

    /** The deletion phase of a run. */
    private final class Deletion {

        private final ActiveRun run;
        private final BooleanSupplier shuttingDown;
        private final RunGuards guards;
        private Preparation.Ready ready;
        private List<PlannedRecord> left;
        private final Map<String, Integer> sends = new HashMap<>();
        private Instant checkedAt = clock.instant();
        private boolean unreported;

        Deletion(ActiveRun run, Preparation.Ready ready, BooleanSupplier shuttingDown) {
            this.run = run;
            this.ready = ready;
            this.left = ready.records();
            this.shuttingDown = shuttingDown;
            this.guards = run.plan().terms().guards().or(settings.guards());
        }

        /**
         * Deletes batches until the end.
         *
         * @return the reasons for an early end; empty if there is nothing to report
         */
        List<RunNote> toItsEnd() {
            while (!left.isEmpty() || unreported) {
                if (ledger.stopRequested(run)) {
                    return List.of();
                }
                if (shuttingDown.getAsBoolean()) {
                    return left.isEmpty() ? List.of() : List.of(RunNote.of(Code.SHUT_DOWN));
                }
                var end = checkIsDue() ? check() : List.<RunNote>of();
                if (end.isEmpty() && !left.isEmpty()) {
                    end = deleteBatch();
                }
                if (!end.isEmpty()) {
                    return end;
                }
            }
            return List.of();
        }

        private boolean checkIsDue() {
            return unreported
                    || preparation.pinsChanged(run, ready.pins())
                    || !clock.instant().isBefore(checkedAt.plus(CHECK_EVERY));
        }

        /** Returns the reasons to end the run, or an empty list to continue. */
        private List<RunNote> check() {
            boolean allSent = left.isEmpty();
            switch (preparation.recheck(run, left, this::maySendAgain)) {
                case Preparation.Ready again -> {
                    ready = again;
                    left = again.records();
                }
                case Preparation.Refused refused -> {
                    unreported = false;
                    // The verification reads the cache as well, and waits for the host if necessary.
                    return allSent ? List.of() : refused.reasons();
                }
                case Preparation other -> throw new IllegalStateException("Unexpected wait during the run: " + other);
            }
            checkedAt = clock.instant();
            unreported = false;
            long failures = ledger.tally(run).failed();
            return !left.isEmpty() && failures >= limit() ? List.of(RunNote.tooManyFailures(failures)) : List.of();
        }

        private boolean maySendAgain(String recordId) {
            return sends.getOrDefault(recordId, 0) < MOST_SENDS;
        }

        private int limit() {
            return Objects.requireNonNull(guards.stopAfterFailures());
        }

        private List<RunNote> deleteBatch() {
            int size = Math.min(left.size(), Objects.requireNonNull(guards.batchSize()));
            var batch = left.subList(0, size).stream().map(PlannedRecord::id).toList();
            int sentBefore = ledger.sentPosition(run);
            ledger.recordSending(run, batch.getLast());
            boolean again = batch.stream().anyMatch(sends::containsKey);
            batch.forEach(id -> sends.merge(id, 1, Integer::sum));
            try {
                var report = deleteBatch(batch);
                ledger.recordReport(run, report.spaceReclaimed(), method(report.method()));
            } catch (EngineUnreachableException e) {
                if (e.problem().cause() == HostProblem.Cause.DIFFERENT_ENGINE) {
                    ledger.recordNothingSentAfter(run, sentBefore);
                }
                // If a cancellation aborted the call, the engine did not fail. The loop ends because of the
                // cancellation.
                return ledger.stopRequested(run) ? List.of() : failed(e.problem());
            } catch (EngineRefusedException e) {
                return failed(e.problem());
            }
            left = left.subList(size, left.size());
            pause(Objects.requireNonNull(guards.pauseBetweenBatches()));
            if (again && unreported) {
                pause(Pauses.STEP);
            }
            return List.of();
        }

        private static List<RunNote> failed(HostProblem problem) {
            return List.of(RunNote.ofProblem(Code.ENGINE_FAILED, problem.message()));
        }

        /** Passes a batch to the builder. Returns when everything that the builder reported is stored. */
        private PruneReport deleteBatch(List<String> batch) {
            var order = new PruneOrder(
                    ready.connection(),
                    ready.capabilities(),
                    run.plan().target().engineId(),
                    batch);
            var reported = new AtomicInteger();
            try (var outcomes = OutcomeWriter.start(ledger, run, clock)) {
                return StoppableCall.of(
                        "prune of run " + run.id(),
                        () -> pruner.prune(order, record -> {
                            reported.incrementAndGet();
                            outcomes.add(record);
                        }),
                        () -> ledger.stopRequested(run));
            } finally {
                unreported |= reported.get() < batch.size();
            }
        }

        private void pause(Duration time) {
            var until = clock.instant().plus(time);
            while ((!left.isEmpty() || unreported)
                    && clock.instant().isBefore(until)
                    && !shuttingDown.getAsBoolean()
                    && !ledger.stopRequested(run)) {
                var rest = Duration.between(clock.instant(), until);
                pauses.pause(rest.compareTo(Pauses.STEP) < 0 ? rest : Pauses.STEP);
            }
        }
    }

    private static DeletionMethod method(PruneReport.Method method) {
        return switch (method) {
            case CONTROL -> DeletionMethod.CONTROL;
            case HTTP_ONE_BY_ONE -> DeletionMethod.HTTP_ONE_BY_ONE;
        };
    }
}
