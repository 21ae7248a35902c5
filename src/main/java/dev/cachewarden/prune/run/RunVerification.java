package dev.cachewarden.prune.run;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Trouble;
import dev.cachewarden.prune.PruneSettings;
import dev.cachewarden.prune.RecordOutcome;
import dev.cachewarden.prune.RunState;
import dev.cachewarden.prune.run.RunLedger.Open;
import dev.cachewarden.prune.run.RunLedger.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads back from the builder what a run really did, and closes it with that: after every run that deleted, and after one that broke
 * off with its replica.
 */
@Component
class RunVerification {

    private static final Logger log = LoggerFactory.getLogger(RunVerification.class);

    private final HostRegistry hosts;
    private final HostSampler sampler;
    private final UsageHistory history;
    private final RunLedger ledger;
    private final PruneSettings settings;
    private final InstantSource clock;

    RunVerification(
            HostRegistry hosts,
            HostSampler sampler,
            UsageHistory history,
            RunLedger ledger,
            PruneSettings settings,
            InstantSource clock) {
        this.hosts = hosts;
        this.sampler = sampler;
        this.history = history;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Closes a run that is in state VERIFYING, or leaves it so where the host does not answer: it is then taken up again once its
     * heartbeat is old, until the time for that is over.
     */
    void verify(ActiveRun run) {
        markPruned(run, ledger.idsDeleted(run));
        switch (read(run)) {
            case HostReading.Read read -> {
                account(run, read.snapshot());
                close(run, CacheUsage.of(read.snapshot().records()).total().size());
            }
            case HostReading.Unreachable unreachable -> putOff(run, unreachable.trouble());
        }
    }

    private HostReading read(ActiveRun run) {
        return hosts.ofBuilder(run.plan().builder())
                .map(host -> sampler.sampleNow(host.id()))
                .orElseGet(() -> new HostReading.Unreachable(
                        new Trouble(Trouble.Cause.NO_ROUTE, "The host is no longer registered.")));
    }

    private void putOff(ActiveRun run, Trouble trouble) {
        var waited = Duration.between(ledger.deletionEndedAt(run), clock.instant());
        // Another engine stays another engine; waiting would keep this one's lock for nothing.
        if (trouble.cause() != Trouble.Cause.DIFFERENT_ENGINE && waited.compareTo(settings.verifyFor()) < 0) {
            log.info("Run {} cannot be verified yet: {}", run.id(), trouble.message());
            return;
        }
        boolean stopped = ledger.stopRequested(run);
        var outcomes = ledger.open(run).stream()
                .map(open -> open.sent()
                        ? Outcome.of(
                                open.recordId(),
                                RecordOutcome.FAILED,
                                "Not known: handed to the builder, which did not report it and could not be read since")
                        : notReached(open, stopped))
                .toList();
        ledger.record(run, outcomes, clock.instant());
        ledger.recordMessage(run, "The cache could not be read after the run: " + trouble.message());
        close(run, null);
    }

    private static Outcome notReached(Open open, boolean stopped) {
        return Outcome.of(open.recordId(), RecordOutcome.SKIPPED, stopped ? RunLedger.STOPPED : RunLedger.BROKE_OFF);
    }

    private void account(ActiveRun run, CacheSnapshot snapshot) {
        var present = snapshot.records().stream().collect(Collectors.toMap(CacheRecord::id, record -> record));
        var parents = parentsIn(snapshot.records());
        boolean stopped = ledger.stopRequested(run);
        var outcomes = new ArrayList<Outcome>();
        var unreported = new ArrayList<String>();
        for (var open : ledger.open(run)) {
            var record = present.get(open.recordId());
            if (!open.sent()) {
                outcomes.add(notReached(open, stopped));
            } else if (record == null) {
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

    private static Set<String> parentsIn(List<CacheRecord> records) {
        return records.stream().flatMap(record -> record.parents().stream()).collect(Collectors.toUnmodifiableSet());
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

    private void markPruned(ActiveRun run, Collection<String> ids) {
        if (!ids.isEmpty()) {
            history.markPruned(run.plan().builder(), run.id(), ids, clock.instant());
        }
    }

    private void close(ActiveRun run, @Nullable ByteSize cacheAfter) {
        ledger.close(run, state(run), cacheAfter, clock.instant());
    }

    private RunState state(ActiveRun run) {
        var tally = ledger.tally(run);
        if (tally.stopped()) {
            return RunState.CANCELLED;
        }
        if (tally.failed() == 0 && tally.notReached() == 0) {
            return RunState.DONE;
        }
        return tally.deleted() > 0 ? RunState.PARTLY : RunState.FAILED;
    }
}
