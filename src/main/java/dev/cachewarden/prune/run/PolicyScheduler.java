package dev.cachewarden.prune.run;

import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.policy.StoredPolicies;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Fires policies whose time has come. One step does all; a loop repeats it on every replica, and the database decides who gets a fire.
 *
 * <p>A time that passed while no replica was up is made up for once, however often it came. If a replica dies between the claim and
 * the plan, that fire is lost and the next one does its work: nothing of it was sent.
 */
@Component
class PolicyScheduler {

    private final StoredPolicies policies;
    private final PolicyFire fire;
    private final Executor executor;

    PolicyScheduler(StoredPolicies policies, PolicyFire fire, @Qualifier("pruneExecutor") Executor executor) {
        this.policies = policies;
        this.fire = fire;
        this.executor = executor;
    }

    void tick(Instant now) {
        for (var policy : policies.claimDue(now)) {
            executor.execute(Guarded.step("Policy " + policy.name(), () -> fire(policy, now)));
        }
    }

    private void fire(PolicyView policy, Instant now) {
        policies.recordFired(policy, now, fire.onSchedule(policy));
    }
}
