package dev.cachewarden.prune.execution;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.prune.RecordOutcome;
import dev.cachewarden.prune.execution.RunLedger.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Holds what a run handed to the builder against what the builder has since, and tells the history what was ours. */
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

    /** Tells the history what the builder reported gone. Before the cache is read again, so that the reading finds it explained. */
    void tellReported(ActiveRun run) {
        markPruned(run, ledger.idsDeleted(run));
    }

    /** Tells the history what was handed over and never settled: if the next reading lacks it, it was this run. */
    void tellSent(ActiveRun run) {
        markPruned(
                run,
                ledger.open(run).stream()
                        .filter(RunLedger.Open::sent)
                        .map(RunLedger.Open::recordId)
                        .toList());
    }

    /** Settles what became of the records that were handed over and not reported, by a reading taken since. */
    void settle(ActiveRun run, CacheSnapshot snapshot) {
        var present = snapshot.records().stream().collect(Collectors.toMap(CacheRecord::id, record -> record));
        var parents = snapshot.records().stream()
                .flatMap(record -> record.parents().stream())
                .collect(Collectors.toUnmodifiableSet());
        var outcomes = new ArrayList<Outcome>();
        var unreported = new ArrayList<String>();
        for (var open : ledger.open(run)) {
            var record = present.get(open.recordId());
            if (!open.sent()) {
                continue;
            }
            if (record == null) {
                unreported.add(open.recordId());
                outcomes.add(new Outcome(
                        open.recordId(),
                        RecordOutcome.DELETED,
                        "Found gone after it was handed to the builder, which did not report it",
                        null));
            } else {
                outcomes.add(stillThere(record, parents));
            }
        }
        ledger.record(run, outcomes, clock.instant());
        markPruned(run, unreported);
        ledger.correct(run, reportedButThere(run, present.keySet()), clock.instant());
    }

    private static Outcome stillThere(CacheRecord record, Set<String> parents) {
        if (record.inUse()) {
            return skipped(record, "The builder passed it over: in use by a running build");
        }
        if (record.shared()) {
            return skipped(record, "The builder passed it over: shared with an image by now");
        }
        if (parents.contains(record.id())) {
            return skipped(record, "The builder passed it over: a record that is still there builds on it");
        }
        return Outcome.of(
                record.id(), RecordOutcome.FAILED, "Handed to the builder, which did not report it and still has it");
    }

    private static Outcome skipped(CacheRecord record, String reason) {
        return Outcome.of(record.id(), RecordOutcome.SKIPPED, reason);
    }

    private List<Outcome> reportedButThere(ActiveRun run, Set<String> present) {
        return ledger.idsDeleted(run).stream()
                .filter(present::contains)
                .map(id -> Outcome.of(id, RecordOutcome.FAILED, "The builder reported it gone, and still has it"))
                .toList();
    }

    /** An engine may be watched by several addresses, and each of them is about to miss these records. */
    private void markPruned(ActiveRun run, Collection<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        var own = run.plan().builder();
        history.markPruned(own, run.id(), ids, clock.instant());
        hosts.withEngine(run.plan().engineId()).stream()
                .flatMap(host -> host.builders().stream())
                .filter(builder -> !builder.id().equals(own))
                .forEach(twin -> history.markPruned(twin.id(), run.id(), ids, clock.instant()));
    }
}
