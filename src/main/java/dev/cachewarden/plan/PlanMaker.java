package dev.cachewarden.plan;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.planner.CacheGraph;
import dev.cachewarden.planner.PruneDecisions;
import dev.cachewarden.planner.PrunePlanner;
import dev.cachewarden.policy.store.ActivePins;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.ConflictException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The calculation of plans from snapshots. It rejects a snapshot that may be outdated. */
@Component
public class PlanMaker {

    private final UsageHistory history;
    private final HostSampler sampler;
    private final DiskMeter disks;
    private final RebuildTimes rebuildTimes;
    private final Pins pins;
    private final InstantSource clock;

    PlanMaker(
            UsageHistory history,
            HostSampler sampler,
            DiskMeter disks,
            RebuildTimes rebuildTimes,
            Pins pins,
            InstantSource clock) {
        this.history = history;
        this.sampler = sampler;
        this.disks = disks;
        this.rebuildTimes = rebuildTimes;
        this.pins = pins;
        this.clock = clock;
    }

    /**
     * Calculates a plan from the last snapshot.
     *
     * @throws ConflictException if there is none, or it is stale
     */
    public DraftPlan fromLastReading(Target target, PlanOrder order) {
        return measured(target, order, lastReading(target));
    }

    /**
     * Returns the last snapshot.
     *
     * @throws ConflictException if the host is unreachable, there is no snapshot, or it is stale
     */
    public CacheSnapshot lastReading(Target target) {
        checkReachable(target);
        var snapshot = history.snapshot(target.builder().id()).orElseThrow(() -> neverRead(target));
        checkAge(target, snapshot.takenAt());
        return snapshot;
    }

    /**
     * Throws the same exception as {@link #lastReading} would.
     *
     * @param takenAt the time of the last snapshot, or null if there is none
     */
    public void checkLastReading(Target target, @Nullable Instant takenAt) {
        checkReachable(target);
        if (takenAt == null) {
            throw neverRead(target);
        }
        checkAge(target, takenAt);
    }

    private static void checkReachable(Target target) {
        if (target.host().reachability() instanceof Reachability.Unreachable unreachable) {
            throw new ConflictException("Host " + target.name() + " is unreachable, so its current cache is unknown: "
                    + unreachable.problem().message());
        }
    }

    private static ConflictException neverRead(Target target) {
        return new ConflictException(
                "The cache of host " + target.name() + " has not been read yet. Wait for the first snapshot.");
    }

    private void checkAge(Target target, Instant takenAt) {
        var age = Duration.between(takenAt, clock.instant());
        if (age.compareTo(UsageHistory.staleAfter(target.host().pollInterval())) > 0) {
            throw new ConflictException("The last snapshot of host " + target.name() + " is "
                    + Durations.text(Duration.ofSeconds(age.toSeconds()))
                    + " old, too old for a plan. See the host page for the cause.");
        }
    }

    /**
     * Calculates a plan from a new snapshot, which it takes now.
     *
     * @throws ConflictException if the host is unreachable
     */
    public DraftPlan fromNewReading(Target target, PlanOrder order) {
        return switch (sampler.sampleNow(target.host().id())) {
            case HostReading.Read read -> measured(target, order, read.snapshot());
            case HostReading.Unreachable unreachable ->
                throw new ConflictException("Host " + target.name() + " is unreachable: "
                        + unreachable.problem().message());
        };
    }

    /** Returns the pins in force now, for many plans at once. */
    public ActivePins activePins() {
        return pins.active();
    }

    /**
     * Calculates a plan from a snapshot that is known to be fresh, with the disk as last measured. Previews of many hosts use it.
     *
     * @param cache all records of the last snapshot of the target
     * @param held the pins in force, looked up once for all hosts
     * @param now the time to which ages are calculated
     */
    public PruneDecisions decide(Target target, PlanOrder asked, CacheGraph cache, ActivePins held, Instant now) {
        var order = pinned(target, asked, held);
        var disk = order.needsDisk() ? DiskMeter.last(target.host(), now) : null;
        return decide(target, order, cache, disk, now);
    }

    /** Calculates a plan with the current state of the disk. It waits for the measurement if a rule depends on the disk. */
    private DraftPlan measured(Target target, PlanOrder order, CacheSnapshot snapshot) {
        var disk = order.needsDisk() ? disks.recent(target.host()) : null;
        var pinned = pinned(target, order, pins.active());
        if (!snapshot.builder().equals(target.builder().id())) {
            throw new ConflictException("Host " + target.name() + " reported the cache of a different builder than "
                    + target.builder().name() + ". No plan was created.");
        }
        var decisions = decide(target, pinned, CacheGraph.of(snapshot.records()), disk, clock.instant());
        return new DraftPlan(target, pinned, snapshot.takenAt(), disk, decisions.proposal());
    }

    private static PlanOrder pinned(Target target, PlanOrder order, ActivePins held) {
        return order.pinning(held.on(target.host(), PolicyVersion.draftOf(order.policy())));
    }

    /** Makes the decisions of a plan. Every plan and every preview uses this method, with an order from {@link #pinned}. */
    private PruneDecisions decide(
            Target target, PlanOrder order, CacheGraph cache, @Nullable DiskReading disk, Instant now) {
        return PrunePlanner.decide(
                cache,
                disk == null ? null : disk.space(),
                order.needsRebuildTimes() ? rebuildTimes.of(target.builder().id(), cache.records()) : Map.of(),
                order.rules(),
                order.pins(),
                order.limitPerRun(),
                now);
    }
}
