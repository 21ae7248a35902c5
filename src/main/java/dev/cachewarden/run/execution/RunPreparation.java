package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.OutcomeReason;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.planner.DriftCheck;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PlannedRecord;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.run.RunNote.Code;
import dev.cachewarden.run.execution.RunLedger.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The comparison of a plan with a new snapshot, before the first batch and between batches. It sends no deletion. */
@Component
class RunPreparation {

    private final HostRegistry hosts;
    private final HostSampler sampler;
    private final BuildWait builds;
    private final RunAccount account;
    private final DataRootDisk disk;
    private final Pins pins;
    private final RunLedger ledger;
    private final PruneSettings settings;
    private final InstantSource clock;

    RunPreparation(
            HostRegistry hosts,
            HostSampler sampler,
            BuildWait builds,
            RunAccount account,
            DataRootDisk disk,
            Pins pins,
            RunLedger ledger,
            PruneSettings settings,
            InstantSource clock) {
        this.hosts = hosts;
        this.sampler = sampler;
        this.builds = builds;
        this.account = account;
        this.disk = disk;
        this.pins = pins;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /** Prepares the first batch, and waits for builds if the run requires it. */
    Preparation prepare(ActiveRun run, BooleanSupplier shuttingDown) {
        var age = Duration.between(run.plan().basis().snapshotAt(), clock.instant());
        if (age.compareTo(settings.planValidFor()) > 0) {
            return nothingDeleted(RunNote.expired(Duration.ofSeconds(age.toSeconds()), settings.planValidFor()));
        }
        var host = hosts.ofBuilder(run.plan().target().builder());
        var obstacle = host.flatMap(found -> obstacle(found, run));
        if (host.isEmpty() || obstacle.isPresent()) {
            return nothingDeleted(obstacle.orElseGet(() -> RunNote.of(Code.HOST_REMOVED)));
        }
        return switch (sampler.sampleNow(host.get().id())) {
            case HostReading.Unreachable unreachable -> nothingDeleted(noAnswer(host.get(), unreachable));
            case HostReading.Read read -> afterBuilds(run, host.get(), read.snapshot(), shuttingDown);
        };
    }

    private Preparation afterBuilds(
            ActiveRun run, WatchedHost host, CacheSnapshot snapshot, BooleanSupplier shuttingDown) {
        var atMost = Objects.requireNonNull(
                run.plan().terms().guards().or(settings.guards()).waitForBuilds());
        return switch (builds.await(run, snapshot, atMost, () -> sampler.sampleNow(host.id()), shuttingDown)) {
            case BuildWait.Outcome.Canceled canceled -> new Preparation.Canceled();
            case BuildWait.Outcome.ShutDown shutDown -> new Preparation.Released();
            case BuildWait.Outcome.Lost lost -> nothingDeleted(noAnswer(host, lost.reading()));
            case BuildWait.Outcome.Ready ready -> begin(run, host, ready.snapshot());
        };
    }

    private Preparation begin(ActiveRun run, WatchedHost host, CacheSnapshot snapshot) {
        ledger.recordCacheBefore(run, CacheUsage.of(snapshot.records()).total().size());
        var free = disk.free(host);
        if (free != null) {
            ledger.recordDiskBefore(run, free);
        }
        return switch (check(run, ledger.planned(run), snapshot)) {
            case Preparation.Refused refused -> refused.nothingDeleted();
            case Preparation other -> other;
        };
    }

    /**
     * Prepares the next batch: determines the outcomes of sent records, and checks the remaining records.
     *
     * @param maySendAgain whether a record that the builder kept for no visible reason may be part of the next batch
     */
    Preparation recheck(ActiveRun run, List<PlannedRecord> left, Predicate<String> maySendAgain) {
        account.markReportedAsPruned(run);
        var host = hosts.ofBuilder(run.plan().target().builder());
        if (host.isEmpty()) {
            return Preparation.Refused.because(RunNote.of(Code.HOST_REMOVED));
        }
        return switch (sampler.sampleNow(host.get().id())) {
            case HostReading.Unreachable unreachable -> Preparation.Refused.because(noAnswer(host.get(), unreachable));
            case HostReading.Read read -> {
                var kept = account.reconcile(run, read.snapshot(), maySendAgain);
                yield check(run, together(run, kept, left), read.snapshot());
            }
        };
    }

    /** Returns the records to send, in the order of the plan. Kept records were sent before all others. */
    private List<PlannedRecord> together(ActiveRun run, Set<String> kept, List<PlannedRecord> left) {
        if (kept.isEmpty()) {
            return left;
        }
        return Stream.concat(ledger.planned(run).stream().filter(record -> kept.contains(record.id())), left.stream())
                .toList();
    }

    private static RunNote noAnswer(WatchedHost host, HostReading.Unreachable reading) {
        return RunNote.unreachable(host.name(), reading.problem().message());
    }

    private static Optional<RunNote> obstacle(WatchedHost host, ActiveRun run) {
        if (!host.enabled()) {
            return Optional.of(RunNote.ofHost(Code.HOST_DISABLED, host.name()));
        }
        if (!run.plan().target().engineId().equals(host.engineId())) {
            return Optional.of(RunNote.ofHost(Code.OTHER_ENGINE, host.name()));
        }
        return Optional.empty();
    }

    private Preparation check(ActiveRun run, List<PlannedRecord> planned, CacheSnapshot snapshot) {
        if (!snapshot.builder().equals(run.plan().target().builder())) {
            return Preparation.Refused.because(RunNote.of(Code.OTHER_BUILDER));
        }
        // Looked up after the snapshot, which may have found another engine or a new way to reach this one.
        var host = hosts.ofBuilder(run.plan().target().builder());
        var capabilities = host.map(WatchedHost::capabilities);
        if (host.isEmpty() || capabilities.isEmpty()) {
            return Preparation.Refused.because(RunNote.of(Code.CAPABILITIES_UNKNOWN));
        }
        var obstacle = obstacle(host.get(), run);
        if (obstacle.isPresent()) {
            return Preparation.Refused.because(obstacle.get());
        }
        var held = pinsOn(host.get(), run);
        var check = DriftCheck.of(planned, snapshot.records(), held);
        ledger.record(run, skippedOutcomes(check), clock.instant());
        return new Preparation.Ready(
                host.get().connection(), capabilities.get(), check.deletions(), snapshot.takenAt(), held);
    }

    /** Returns whether the pins have changed since the last check of the plan, which must then be checked again. */
    boolean pinsChanged(ActiveRun run, List<Filter> before) {
        return hosts.ofBuilder(run.plan().target().builder())
                .map(host -> !pinsOn(host, run).equals(before))
                .orElse(true);
    }

    private List<Filter> pinsOn(WatchedHost host, ActiveRun run) {
        return pins.active().on(host, PlanView.PolicyVersion.draftOf(run.plan().policy()));
    }

    private static List<Outcome> skippedOutcomes(DriftCheck check) {
        return check.kept().entrySet().stream()
                .map(stays -> new Outcome(
                        stays.getKey().id(), RecordOutcome.SKIPPED, OutcomeReason.of(stays.getValue()), null))
                .toList();
    }

    private static Preparation nothingDeleted(RunNote reason) {
        return Preparation.Refused.because(reason).nothingDeleted();
    }
}
