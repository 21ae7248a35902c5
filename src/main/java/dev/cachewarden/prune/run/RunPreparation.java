package dev.cachewarden.prune.run;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.PruneSettings;
import dev.cachewarden.prune.RecordOutcome;
import dev.cachewarden.prune.plan.DriftCheck;
import dev.cachewarden.prune.plan.PlannedRecord;
import dev.cachewarden.prune.run.RunLedger.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the cache anew and holds the plan against it. Sends nothing that deletes. */
@Component
class RunPreparation {

    private final HostRegistry hosts;
    private final HostSampler sampler;
    private final RunLedger ledger;
    private final PruneSettings settings;
    private final InstantSource clock;

    RunPreparation(
            HostRegistry hosts, HostSampler sampler, RunLedger ledger, PruneSettings settings, InstantSource clock) {
        this.hosts = hosts;
        this.sampler = sampler;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    Preparation prepare(ActiveRun run) {
        var age = Duration.between(run.plan().snapshotAt(), clock.instant());
        if (age.compareTo(settings.planValidFor()) > 0) {
            return refused("The plan is " + Durations.format(Duration.ofSeconds(age.toSeconds())) + " old, more than "
                    + Durations.format(settings.planValidFor()) + "; plan anew.");
        }
        var host = hosts.ofBuilder(run.plan().builder());
        var obstacle = host.flatMap(found -> obstacle(found, run));
        if (host.isEmpty() || obstacle.isPresent()) {
            return refused(obstacle.orElse("The host is no longer registered."));
        }
        return switch (sampler.sampleNow(host.get().id())) {
            case HostReading.Unreachable unreachable ->
                refused("Host " + host.get().name() + " does not answer: "
                        + unreachable.trouble().message());
            case HostReading.Read read -> check(run, read.snapshot());
        };
    }

    private static Optional<String> obstacle(WatchedHost host, ActiveRun run) {
        if (!host.enabled()) {
            return Optional.of("Host " + host.name() + " is switched off.");
        }
        if (!run.plan().engineId().equals(host.engineId())) {
            return Optional.of("Another engine is registered for host " + host.name() + " than the one planned for.");
        }
        return Optional.empty();
    }

    private Preparation check(ActiveRun run, CacheSnapshot snapshot) {
        if (!snapshot.builder().equals(run.plan().builder())) {
            return refused("The host gave the cache of another builder than the one planned for.");
        }
        // Read again after the reading, which may have found another engine or a new way to reach this one.
        var host = hosts.ofBuilder(run.plan().builder());
        var capabilities = host.map(WatchedHost::capabilities);
        if (host.isEmpty() || capabilities.isEmpty()) {
            return refused("What the host can do is not known; nothing can be deleted there.");
        }
        var obstacle = obstacle(host.get(), run);
        if (obstacle.isPresent()) {
            return refused(obstacle.get());
        }
        ledger.recordCacheBefore(run, CacheUsage.of(snapshot.records()).total().size());
        var check = DriftCheck.of(ledger.planned(run), snapshot.records());
        ledger.record(
                run,
                check.stays().entrySet().stream()
                        .map(stays -> Outcome.of(
                                stays.getKey().id(),
                                RecordOutcome.SKIPPED,
                                stays.getValue().text()))
                        .toList(),
                clock.instant());
        return new Preparation.Ready(
                host.get().connection(),
                capabilities.get(),
                check.goes().stream().map(PlannedRecord::id).toList());
    }

    private static Preparation refused(String reason) {
        return new Preparation.Refused(reason + " Nothing was deleted.");
    }
}
