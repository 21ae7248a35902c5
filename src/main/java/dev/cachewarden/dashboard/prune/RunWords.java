package dev.cachewarden.dashboard.prune;

import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import org.springframework.stereotype.Component;

/** Labels of states, triggers, and outcomes of runs; {@code @runWords} in templates. */
@Component
class RunWords {

    public String of(RunState state) {
        return state.text();
    }

    public String of(RunTrigger trigger) {
        return switch (trigger) {
            case SCHEDULE -> "triggered by schedule";
            case WATERMARK -> "triggered by watermark";
            case AFTER_BUILDS -> "triggered after builds";
            case MANUAL -> "triggered manually";
        };
    }

    public String of(RecordOutcome outcome) {
        return switch (outcome) {
            case DELETED -> "Deleted";
            case SKIPPED -> "Skipped";
            case FAILED -> "Failed";
        };
    }
}
