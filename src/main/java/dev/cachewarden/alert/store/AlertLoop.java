package dev.cachewarden.alert.store;

import dev.cachewarden.host.HostBecameUnreachable;
import dev.cachewarden.host.HostRecovered;
import dev.cachewarden.policy.PolicyChanged;
import dev.cachewarden.repeat.RepeatedStep;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.run.RunEnded;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Evaluates the alerts every 30 seconds, and soon after an event that can change one. */
@Component
class AlertLoop extends RepeatedStep {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final AlertEvaluator evaluator;
    private final InstantSource clock;

    AlertLoop(AlertEvaluator evaluator, InstantSource clock, Repeater repeater) {
        super(repeater, "Evaluating alerts", PAUSE);
        this.evaluator = evaluator;
        this.clock = clock;
    }

    @Override
    protected void step() {
        evaluator.evaluate(clock.instant());
    }

    @TransactionalEventListener({HostBecameUnreachable.class, HostRecovered.class})
    void reachabilityChanged() {
        wakeUp();
    }

    @TransactionalEventListener({RunEnded.class, PolicyChanged.class})
    void pruningChanged() {
        evaluator.refresh();
        wakeUp();
    }
}
