package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.plan.OutcomeReason.Code;
import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.run.execution.RunLedger.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The reconciliation of a run. It compares the records passed to the builder with the builder's current records, and marks the deletions of
 * the run in the history.
 */
@Component
class RunAccount {

    private final HostRegistry hosts;
    private final UsageHistory history;
    private final RunLedger ledger;
    private final InstantSource clock;

    RunAccount(HostRegistry hosts, UsageHistory history, RunLedger ledger, InstantSource clock) {
        this.hosts = hosts;
        this.history = history;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Marks the records that the builder reported as deleted in the history. Callers do this before the next snapshot, so that the snapshot
     * finds an explanation.
     */
    void markReportedAsPruned(ActiveRun run) {
        markPruned(run, ledger.idsDeleted(run));
    }

    /**
     * Marks the records that were passed to the builder and have no outcome in the history. If the next snapshot lacks them, this run
     * deleted them.
     */
    void markSentAsPruned(ActiveRun run) {
        markPruned(
                run,
                ledger.open(run).stream()
                        .filter(RunLedger.Open::sent)
                        .map(RunLedger.Open::recordId)
                        .toList());
    }

    /**
     * Determines from a later snapshot the outcome of the records that were passed to the builder but not reported.
     *
     * @param maySendAgain whether a record may be passed to the builder once more if it kept the record for no visible reason
     * @return the IDs of the records to pass to the builder once more; they have no outcome yet
     */
    Set<String> reconcile(ActiveRun run, CacheSnapshot snapshot, Predicate<String> maySendAgain) {
        var present = snapshot.records().stream().collect(Collectors.toMap(CacheRecord::id, record -> record));
        var parents = snapshot.records().stream()
                .flatMap(record -> record.parents().stream())
                .collect(Collectors.toUnmodifiableSet());
        var outcomes = new ArrayList<Outcome>();
        var unreported = new ArrayList<String>();
        var again = new HashSet<String>();
        for (var open : ledger.open(run)) {
            var record = present.get(open.recordId());
            if (!open.sent()) {
                continue;
            }
            if (record == null) {
                unreported.add(open.recordId());
                outcomes.add(Outcome.of(open.recordId(), RecordOutcome.DELETED, Code.UNREPORTED));
            } else if (record.inUse() || record.shared() || !maySendAgain.test(record.id())) {
                outcomes.add(stillThere(record, parents));
            } else {
                again.add(record.id());
            }
        }
        ledger.record(run, outcomes, clock.instant());
        markPruned(run, unreported);
        ledger.correct(run, reportedButThere(run, present.keySet()), clock.instant());
        return again;
    }

    private static Outcome stillThere(CacheRecord record, Set<String> parents) {
        if (record.inUse()) {
            return skipped(record, Code.KEPT_IN_USE);
        }
        if (record.shared()) {
            return skipped(record, Code.KEPT_SHARED);
        }
        if (parents.contains(record.id())) {
            return skipped(record, Code.KEPT_FOR_CHILD);
        }
        return Outcome.of(record.id(), RecordOutcome.FAILED, Code.KEPT);
    }

    private static Outcome skipped(CacheRecord record, Code reason) {
        return Outcome.of(record.id(), RecordOutcome.SKIPPED, reason);
    }

    private List<Outcome> reportedButThere(ActiveRun run, Set<String> present) {
        return ledger.idsDeleted(run).stream()
                .filter(present::contains)
                .map(id -> Outcome.of(id, RecordOutcome.FAILED, Code.STILL_PRESENT))
                .toList();
    }

    /**
     * Marks records as pruned by this run. Several hosts can connect to the same engine, and the next snapshot of each of them lacks these
     * records.
     */
    private void markPruned(ActiveRun run, Collection<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        var own = run.plan().target().builder();
        history.markPruned(own, run.id(), ids, clock.instant());
        hosts.withEngine(run.plan().target().engineId()).stream()
                .flatMap(host -> host.builders().stream())
                .filter(builder -> !builder.id().equals(own))
                .forEach(twin -> history.markPruned(twin.id(), run.id(), ids, clock.instant()));
    }
}
