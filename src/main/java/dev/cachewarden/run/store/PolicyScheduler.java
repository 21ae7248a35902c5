package dev.cachewarden.run.store;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.StartResult;
import dev.cachewarden.policy.store.StartResult.Code;
import dev.cachewarden.policy.store.StoredPolicies;
import dev.cachewarden.repeat.Guard;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.store.PendingStarts.Start;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The scheduler that starts policies that are due. One step does all the work. A loop repeats it on every replica, and the database decides
 * which replica gets a start.
 *
 * <p>Times missed while no replica was running are made up for by a single start. If a replica dies between the claim and the last run of a
 * start, another replica continues it. Each run has a key that consists of the start and its engine, so no engine gets two runs. If another
 * run is active on an engine, the start waits for its end, or until the next scheduled time. That also applies to a run of a dead replica
 * that no other replica has taken over yet.
 */
@Component
class PolicyScheduler {

    private final StoredPolicies policies;
    private final PolicyStart start;
    private final PendingStarts pending;
    private final PruneSettings settings;
    private final Executor executor;
    private final Map<Long, Postponed> late = new ConcurrentHashMap<>();

    /** The starts that this replica processes, or that wait on it, by policy. */
    private final Map<Long, Start> own = new ConcurrentHashMap<>();

    /**
     * A start that waits for another run on the same engine.
     *
     * @param continued whether another replica began it
     * @param result the result so far; empty if there is none
     * @param builders the builders to plan for after the other run has ended; empty for all
     */
    private record Postponed(Start start, boolean continued, StartResult result, Set<BuilderId> builders) {}

    PolicyScheduler(
            StoredPolicies policies,
            PolicyStart start,
            PendingStarts pending,
            PruneSettings settings,
            @Qualifier("pruneExecutor") Executor executor) {
        this.policies = policies;
        this.start = start;
        this.pending = pending;
        this.settings = settings;
        this.executor = executor;
    }

    void tick(Instant now) {
        List.copyOf(own.values()).forEach(one -> pending.recordHeartbeat(one, now));
        for (var policy : policies.claimDue(now)) {
            late.remove(policy.id());
            begin(policy, new Postponed(new Start(policy.id(), now), false, StartResult.NONE, Set.of()));
        }
        for (var taken : pending.takeOver(now.minus(settings.deadAfter()), now)) {
            if (!taken.equals(own.get(taken.policy()))) {
                enabled(taken.policy())
                        .ifPresentOrElse(
                                policy -> begin(policy, new Postponed(taken, true, StartResult.NONE, Set.of())),
                                () -> pending.done(taken));
            }
        }
        for (long policy : List.copyOf(late.keySet())) {
            executor.execute(Guard.task("Policy " + policy, () -> startPostponed(policy)));
        }
    }

    private void begin(PolicyView policy, Postponed start) {
        own.put(policy.id(), start.start());
        executor.execute(Guard.task("Policy " + policy.name(), () -> start(policy, start)));
    }

    private Optional<PolicyView> enabled(long id) {
        return policies.find(id).filter(PolicyView::enabled);
    }

    private void startPostponed(long id) {
        var waited = late.remove(id);
        if (waited != null) {
            enabled(id).ifPresentOrElse(policy -> start(policy, waited), () -> {
                own.remove(id, waited.start());
                pending.done(waited.start());
            });
        }
    }

    /** Starts a policy. If it fails, the heartbeat of the start ends, so a replica takes it over. */
    private void start(PolicyView policy, Postponed now) {
        boolean waits = false;
        try {
            var started = start.onSchedule(policy, now.builders(), now.start().key());
            waits = !started.waiting().isEmpty();
            record(policy, now, started);
            if (!waits) {
                pending.done(now.start());
            }
        } finally {
            if (!waits) {
                own.remove(policy.id(), now.start());
            }
        }
    }

    private void record(PolicyView policy, Postponed before, PolicyStart.Started started) {
        if (started.waiting().equals(before.builders()) && !started.waiting().isEmpty()) {
            late.putIfAbsent(policy.id(), before);
            return;
        }
        var result = introduction(before).and(started.result());
        policies.recordStartResult(policy, before.start().startedAt(), result);
        if (!started.waiting().isEmpty()) {
            late.putIfAbsent(policy.id(), new Postponed(before.start(), before.continued(), result, started.waiting()));
        }
    }
    /** Returns the beginning of the next result. */
    private static StartResult introduction(Postponed start) {
        if (start.result().parts().isEmpty()) {
            return start.continued() ? StartResult.of(Code.CONTINUED) : StartResult.NONE;
        }
        return start.result().and(StartResult.of(Code.THEN));
    }
}
