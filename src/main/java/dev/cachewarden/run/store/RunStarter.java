package dev.cachewarden.run.store;

import dev.cachewarden.plan.PlanView;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.execution.RunStates;
import dev.cachewarden.run.execution.RunStates.NewRun;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The place where the runs of all triggers start. */
@Component
class RunStarter {

    private final RunStates states;
    private final RunRows rows;
    private final InstantSource clock;

    RunStarter(RunStates states, RunRows rows, InstantSource clock) {
        this.states = states;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * The origin of a run.
     *
     * @param countdown the time before it starts
     * @param key the idempotency key of the run, or null if there is none
     * @param group the group of runs that are started together, or null if the run is started alone
     */
    record Origin(
            RunTrigger trigger,
            Caller by,
            Duration countdown,
            @Nullable String key,
            @Nullable Long group) {}

    /**
     * Stores a run of a plan. It waits for approval if the plan requires it, and is done immediately if the plan lists no records.
     *
     * @throws DuplicateKeyException if the plan has a run, or the idempotency key was used
     */
    RunView start(PlanView plan, Origin origin) {
        var now = clock.instant();
        long id = states.insert(new NewRun(
                plan, origin.trigger(), origin.by(), origin.key(), now, now.plus(origin.countdown()), origin.group()));
        return rows.find(id).orElseThrow();
    }
}
