package dev.cachewarden.prune.run;

import dev.cachewarden.prune.PlanView;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.PruneSettings;
import dev.cachewarden.prune.execution.ActiveRun;
import dev.cachewarden.prune.execution.RunExecution;
import dev.cachewarden.prune.execution.RunVerification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Starts runs whose time has come, and takes over those whose replica is dead. One step does all; a loop repeats it on every replica.
 * The database decides who gets a run, and that an engine has only one.
 */
@Component
class RunDispatcher {

    private final RunRows rows;
    private final Plans plans;
    private final RunExecution execution;
    private final RunVerification verification;
    private final RunEnds ends;
    private final PruneSettings settings;
    private final Executor executor;

    /** Of this start of this process: a restarted one must not take the runs of the one before for its own. */
    private final String owner = UUID.randomUUID().toString();

    private final Set<Long> active = ConcurrentHashMap.newKeySet();
    private volatile boolean shuttingDown;

    RunDispatcher(
            RunRows rows,
            Plans plans,
            RunExecution execution,
            RunVerification verification,
            RunEnds ends,
            PruneSettings settings,
            @Qualifier("pruneExecutor") Executor executor) {
        this.rows = rows;
        this.plans = plans;
        this.execution = execution;
        this.verification = verification;
        this.ends = ends;
        this.settings = settings;
        this.executor = executor;
    }

    /** One step: say that our runs live, take over those that do not, start those that may. */
    void tick(Instant now) {
        if (!active.isEmpty()) {
            rows.heartbeat(List.copyOf(active), owner, now);
        }
        if (shuttingDown) {
            return;
        }
        var deadSince = now.minus(settings.deadAfter());
        rows.giveBack(deadSince);
        for (long id : rows.orphaned(deadSince)) {
            if (!active.contains(id) && rows.takeOver(id, owner, deadSince, now)) {
                work(id, verification::verify);
            }
        }
        for (long id : rows.startable(now)) {
            if (rows.claim(id, owner, now)) {
                work(id, run -> execution.run(run, () -> shuttingDown));
            }
        }
    }

    private void work(long id, Consumer<ActiveRun> task) {
        active.add(id);
        executor.execute(Guarded.step("Run " + id, () -> {
            try {
                plan(id).ifPresent(plan -> task.accept(new ActiveRun(id, plan, owner)));
            } finally {
                active.remove(id);
                ends.signal();
            }
        }));
    }

    private Optional<PlanView> plan(long run) {
        return rows.find(run).flatMap(view -> plans.find(view.planId()));
    }

    /** Begins no more runs and no more batches. */
    void shutDown() {
        shuttingDown = true;
    }

    /** Whether nothing is being worked on here. */
    boolean idle() {
        return active.isEmpty();
    }
}
