package dev.cachewarden.run.store;

import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.Targets;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.StartResult;
import dev.cachewarden.policy.store.StartResult.Code;
import dev.cachewarden.policy.store.StoredPolicies;
import dev.cachewarden.repeat.Guard;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunTrigger;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The listener that checks each snapshot after it is stored. Most snapshots cost one query, because most policies have no watermark and no
 * trigger after builds. Other hosts are queried only when a policy is triggered.
 */
@Component
class ReadingWatcher {

    private final StoredPolicies policies;
    private final HostRegistry hosts;
    private final UsageHistory history;
    private final DiskMeter disks;
    private final Targets targets;
    private final PolicyStart start;
    private final ReadingClaims claims;
    private final PruneSettings settings;
    private final InstantSource clock;
    private final Executor executor;

    ReadingWatcher(
            StoredPolicies policies,
            HostRegistry hosts,
            UsageHistory history,
            DiskMeter disks,
            Targets targets,
            PolicyStart start,
            ReadingClaims claims,
            PruneSettings settings,
            InstantSource clock,
            @Qualifier("pruneExecutor") Executor executor) {
        this.policies = policies;
        this.hosts = hosts;
        this.history = history;
        this.disks = disks;
        this.targets = targets;
        this.start = start;
        this.claims = claims;
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
    }

    /** Checks the snapshot on another thread, because the poller must not wait for a prune. */
    @TransactionalEventListener
    void sampled(UsageSampled reading) {
        if (settings.enabled()) {
            executor.execute(Guard.task(
                    "Evaluating triggers for a snapshot of builder " + reading.builder(), () -> evaluate(reading)));
        }
    }

    void evaluate(UsageSampled reading) {
        var waiting = policies.all().stream()
                .filter(policy -> policy.enabled() && waits(policy))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        hosts.find(reading.host())
                .filter(host -> host.enabled() && host.engineId() != null)
                .ifPresent(host -> evaluate(reading, host, waiting));
    }

    private static boolean waits(PolicyView policy) {
        return policy.triggers().watermark() != null || policy.triggers().afterBuilds();
    }

    private void evaluate(UsageSampled reading, WatchedHost host, List<PolicyView> waiting) {
        var covering = waiting.stream().filter(policy -> policy.covers(host)).toList();
        if (covering.isEmpty()) {
            return;
        }
        var now = reading.takenAt();
        // A snapshot is fresh for three poll intervals. An older previous one proves nothing about a build that just
        // ended.
        var samples = history.series(
                reading.builder(), now.minus(UsageHistory.staleAfter(host.pollInterval())), now.plusMillis(1), 1_000);
        for (var policy : covering) {
            trigger(policy, host, samples).ifPresent(trigger -> begin(policy, host, trigger));
        }
    }

    private Optional<RunTrigger> trigger(PolicyView policy, WatchedHost host, List<UsageSample> samples) {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        var watermark = policy.triggers().watermark();
        var cache = samples.getLast().usage().notShared().size();
        if (watermark != null
                && watermark.reached(
                        cache, watermark.needsDisk() ? disks.recent(host).space() : null)) {
            return Optional.of(RunTrigger.WATERMARK);
        }
        return policy.triggers().afterBuilds() && buildsEnded(samples)
                ? Optional.of(RunTrigger.AFTER_BUILDS)
                : Optional.empty();
    }

    private static boolean buildsEnded(List<UsageSample> samples) {
        return samples.size() > 1
                && samples.getLast().usage().inUse().records() == 0
                && samples.get(samples.size() - 2).usage().inUse().records() > 0;
    }

    private void begin(PolicyView policy, WatchedHost host, RunTrigger trigger) {
        String engine = String.valueOf(host.engineId());
        var now = clock.instant();
        if (!policy.triggers().open(now) || !claims.claim(policy.id(), engine, now)) {
            return;
        }
        var scope = targets.governedBy(policy, policies.all());
        var here = new Targets.Scope(
                scope.targets().stream()
                        .filter(target -> target.engineId().equals(engine))
                        .toList(),
                scope.refused().stream()
                        .filter(refused -> refused.host().equals(host.id()))
                        .toList());
        policies.recordBegun(policy, now);
        policies.recordStartResult(
                policy, now, introduction(trigger, host).and(start.onReading(policy, here, trigger)));
    }

    private static StartResult introduction(RunTrigger trigger, WatchedHost host) {
        return StartResult.triggeredBy(
                trigger == RunTrigger.WATERMARK ? Code.WATERMARK : Code.BUILDS_ENDED, host.name());
    }
}
