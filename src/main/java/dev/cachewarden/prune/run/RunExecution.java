package dev.cachewarden.prune.run;

import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.pruning.BuildCachePruner;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.host.Trouble;
import dev.cachewarden.prune.PruneSettings;
import dev.cachewarden.prune.RunState;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Works a run from its claim to its end: checks, deletes batch by batch, has it verified. No transaction is open while an engine works.
 * Whatever it throws leaves the run to be found, taken over and closed truthfully.
 */
@Component
class RunExecution {

    private final RunPreparation preparation;
    private final BuildCachePruner pruner;
    private final RunVerification verification;
    private final RunLedger ledger;
    private final PruneSettings settings;
    private final InstantSource clock;

    RunExecution(
            RunPreparation preparation,
            BuildCachePruner pruner,
            RunVerification verification,
            RunLedger ledger,
            PruneSettings settings,
            InstantSource clock) {
        this.preparation = preparation;
        this.pruner = pruner;
        this.verification = verification;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param shuttingDown whether this replica is about to end, so that no further batch is begun */
    void run(ActiveRun run, BooleanSupplier shuttingDown) {
        switch (preparation.prepare(run)) {
            case Preparation.Refused refused -> {
                ledger.recordMessage(run, refused.reason());
                ledger.close(run, RunState.FAILED, null, clock.instant());
            }
            case Preparation.Ready ready -> {
                delete(run, ready, shuttingDown);
                ledger.beginVerifying(run, clock.instant());
                verification.verify(run);
            }
        }
    }

    private void delete(ActiveRun run, Preparation.Ready ready, BooleanSupplier shuttingDown) {
        var ids = ready.recordIds();
        try (var outcomes = OutcomeWriter.start(ledger, run, clock)) {
            for (int from = 0; from < ids.size(); from += settings.batchSize()) {
                var batch = ids.subList(from, Math.min(ids.size(), from + settings.batchSize()));
                if (ledger.stopRequested(run)) {
                    return;
                }
                if (shuttingDown.getAsBoolean()) {
                    ledger.recordMessage(run, "Cachewarden was shut down in mid-run.");
                    return;
                }
                if (!deleteBatch(run, ready, batch, outcomes)) {
                    return;
                }
            }
        }
    }

    /** @return whether to go on */
    private boolean deleteBatch(ActiveRun run, Preparation.Ready ready, List<String> batch, OutcomeWriter outcomes) {
        int sentBefore = ledger.sentPosition(run);
        ledger.recordSending(run, batch.getLast());
        var order = new PruneOrder(
                ready.connection(), ready.capabilities(), run.plan().engineId(), batch);
        try {
            var report = pruner.prune(order, outcomes::add);
            ledger.recordReport(run, report.spaceReclaimed(), words(report.method()));
            return true;
        } catch (EngineUnreachableException e) {
            if (e.trouble().cause() == Trouble.Cause.DIFFERENT_ENGINE) {
                ledger.recordNothingSentAfter(run, sentBefore);
            }
            ledger.recordMessage(run, e.trouble().message());
            return false;
        } catch (EngineRefusedException e) {
            ledger.recordMessage(run, e.trouble().message());
            return false;
        }
    }

    private static String words(PruneReport.Method method) {
        return switch (method) {
            case CONTROL -> "BuildKit's Control.Prune, by exact ids";
            case HTTP_ONE_BY_ONE ->
                "The engine's HTTP API, one record at a time: its BuildKit cannot be reached over gRPC";
        };
    }
}
