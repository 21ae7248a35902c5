package dev.cachewarden.run.store;

import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.repeat.Guard;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.execution.ActiveRun;
import dev.cachewarden.run.execution.RunExecution;
import dev.cachewarden.run.execution.RunStates;
import dev.cachewarden.run.execution.RunVerification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The dispatcher that starts runs that are due, and takes over runs whose replica is dead. One step does all the work. A loop repeats it on
 * every replica. The database decides which replica gets a run, and ensures that an engine has only one active run.
 */
@Component
class RunDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(RunDispatcher.class);

    private final RunRows rows;
    private final RunStates states;
    private final Plans plans;
    private final RunExecution execution;
    private final RunVerification verification;
    private final RunEnds ends;
    private final PruneSettings settings;
    private final Executor executor;

    /** The ID of this start of the process. A restarted process must not treat the runs of the previous one as its own. */
    private final String owner = UUID.randomUUID().toString();

    private final Set<Long> active = ConcurrentHashMap.newKeySet();
    private volatile boolean shuttingDown;

    RunDispatcher(
            RunRows rows,
            RunStates states,
            Plans plans,
            RunExecution execution,
            RunVerification verification,
            RunEnds ends,
            PruneSettings settings,
            @Qualifier("pruneExecutor") Executor executor) {
        this.rows = rows;
        this.states = states;
        this.plans = plans;
        this.execution = execution;
        this.verification = verification;
        this.ends = ends;
        this.settings = settings;
        this.executor = executor;
    }

    /** Performs one step: sends the heartbeat of own runs, takes over runs of dead replicas, and starts runs that are due. */
    void tick(Instant now) {
        if (!active.isEmpty()) {
            rows.heartbeat(List.copyOf(active), owner, now);
        }
        if (shuttingDown) {
            return;
        }
        var deadSince = now.minus(settings.deadAfter());
        for (long id : rows.orphaned(deadSince)) {
            boolean released = states.change(id, run -> run.releaseIfDead(deadSince));
            if (!released && !active.contains(id) && states.change(id, run -> run.takeOver(owner, deadSince, now))) {
                work(id, verification::verify);
            }
        }
        for (long id : rows.startable(now)) {
            if (states.claim(id, owner, now)) {
                work(id, run -> execution.run(run, () -> shuttingDown));
            }
        }
    }

    private void work(long id, Consumer<ActiveRun> task) {
        active.add(id);
        executor.execute(Guard.task("Run " + id, () -> {
            try {
                plan(id).ifPresent(plan -> task.accept(new ActiveRun(id, plan, owner)));
            } catch (ActiveRun.LostException e) {
                LOG.warn("{}", e.getMessage());
            } finally {
                active.remove(id);
                ends.signal();
            }
        }));
    }

    private Optional<PlanView> plan(long run) {
        return rows.find(run).flatMap(view -> plans.find(view.plan().id()));
    }

    /** Prevents the start of further runs and batches. */
    void shutDown() {
        shuttingDown = true;
    }

    /** Returns whether no run is being processed on this replica. */
    boolean idle() {
        return active.isEmpty();
    }
}
