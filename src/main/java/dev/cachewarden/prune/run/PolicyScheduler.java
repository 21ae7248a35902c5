package dev.cachewarden.prune.run;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.policy.StoredPolicies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Fires policies whose time has come. One step does all; a loop repeats it on every replica, and the database decides who gets a fire.
 *
 * <p>A time that passed while no replica was up is made up for once, however often it came. If a replica dies between the claim and
 * the plan, that fire is lost and the next one does its work: nothing of it was sent. Where another run is at work on an engine, even
 * one of a dead replica that nobody took over yet, the fire waits for its end, or until the next time comes.
 */
@Component
class PolicyScheduler {

    private final StoredPolicies policies;
    private final PolicyFire fire;
    private final Executor executor;
    private final Map<Long, Late> late = new ConcurrentHashMap<>();

    /**
     * A fire that another run on the same engine holds up.
     *
     * @param words what came of it so far
     * @param builders where it is made up for once the other run is over
     */
    private record Late(Instant firedAt, String words, Set<BuilderId> builders) {}

    PolicyScheduler(StoredPolicies policies, PolicyFire fire, @Qualifier("pruneExecutor") Executor executor) {
        this.policies = policies;
        this.fire = fire;
        this.executor = executor;
    }

    void tick(Instant now) {
        for (var policy : policies.claimDue(now)) {
            late.remove(policy.id());
            executor.execute(Guarded.step("Policy " + policy.name(), () -> fire(policy, now)));
        }
        for (long policy : List.copyOf(late.keySet())) {
            executor.execute(Guarded.step("Policy " + policy, () -> makeUp(policy)));
        }
    }

    private void fire(PolicyView policy, Instant now) {
        record(policy, new Late(now, "", Set.of()), fire.onSchedule(policy, Set.of()));
    }

    private void makeUp(long id) {
        var waited = late.remove(id);
        var policy = waited == null
                ? null
                : policies.find(id).filter(PolicyView::enabled).orElse(null);
        if (waited == null || policy == null) {
            return;
        }
        var fired = fire.onSchedule(policy, waited.builders());
        if (fired.waiting().equals(waited.builders())) {
            late.putIfAbsent(id, waited);
        } else {
            record(policy, waited, fired);
        }
    }

    private void record(PolicyView policy, Late before, PolicyFire.Fired fired) {
        var words = before.words().isEmpty() ? fired.words() : before.words() + " Then: " + fired.words();
        policies.recordFired(policy, before.firedAt(), words);
        if (!fired.waiting().isEmpty()) {
            late.putIfAbsent(policy.id(), new Late(before.firedAt(), words, fired.waiting()));
        }
    }
}
