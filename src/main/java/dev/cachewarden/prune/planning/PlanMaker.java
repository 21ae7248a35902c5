package dev.cachewarden.prune.planning;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.prune.plan.PrunePlanner;
import dev.cachewarden.rest.ConflictException;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Works plans out from readings. Never from a reading that may be wrong by now without saying so. */
@Component
public class PlanMaker {

    private final UsageHistory history;
    private final HostSampler sampler;
    private final InstantSource clock;

    PlanMaker(UsageHistory history, HostSampler sampler, InstantSource clock) {
        this.history = history;
        this.sampler = sampler;
        this.clock = clock;
    }

    /**
     * From the last reading.
     *
     * @throws ConflictException if there is none, or it is stale
     */
    public DraftPlan fromLastReading(Target target, PlanOrder order) {
        return draft(target, order, lastReading(target));
    }

    /**
     * The last reading.
     *
     * @throws ConflictException if there is none, or it is stale
     */
    public CacheSnapshot lastReading(Target target) {
        if (target.host().reachability() instanceof Reachability.Unreachable unreachable) {
            throw new ConflictException(
                    "Host " + target.name() + " does not answer, so what it holds now is not known: "
                            + unreachable.trouble().message());
        }
        var snapshot = history.snapshot(target.builder().id())
                .orElseThrow(() -> new ConflictException(
                        "The cache of host " + target.name() + " has not been read yet; wait for the first reading."));
        var age = Duration.between(snapshot.takenAt(), clock.instant());
        if (age.compareTo(UsageHistory.staleAfter(target.host().pollInterval())) > 0) {
            throw new ConflictException("The last reading of host " + target.name() + " is "
                    + Durations.format(Duration.ofSeconds(age.toSeconds()))
                    + " old, too old to plan from; see its page for the trouble.");
        }
        return snapshot;
    }

    /**
     * From a reading of its own, taken now.
     *
     * @throws ConflictException if the host does not answer
     */
    public DraftPlan fromNewReading(Target target, PlanOrder order) {
        return switch (sampler.sampleNow(target.host().id())) {
            case HostReading.Read read -> draft(target, order, read.snapshot());
            case HostReading.Unreachable unreachable ->
                throw new ConflictException("Host " + target.name() + " does not answer: "
                        + unreachable.trouble().message());
        };
    }

    /** From a reading that is known to be fresh. */
    public DraftPlan draft(Target target, PlanOrder order, CacheSnapshot snapshot) {
        if (!snapshot.builder().equals(target.builder().id())) {
            throw new ConflictException("Host " + target.name() + " gave the cache of another builder than "
                    + target.builder().name() + "; nothing was planned.");
        }
        var capabilities = target.host().capabilities();
        var proposal = PrunePlanner.propose(
                snapshot.records(),
                capabilities == null ? null : capabilities.dataRootSpace(),
                order.rules(),
                order.pins(),
                order.ceiling(),
                clock.instant());
        return new DraftPlan(target, order, snapshot.takenAt(), proposal);
    }
}
