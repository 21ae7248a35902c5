package dev.cachewarden.dashboard.run;

import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import org.springframework.stereotype.Component;

/** Labels of states, triggers, and outcomes of runs; {@code @runWords} in templates. */
@Component
class RunWords {

    public String of(RunState state) {
        return switch (state) {
            case AWAITING_APPROVAL -> "Waits for approval";
            case COUNTDOWN -> "Starts soon";
            case WAITING_FOR_BUILDS -> "Waits for builds";
            case RUNNING -> "Running";
            case VERIFYING -> "Reading back";
            case DONE -> "Done";
            case PARTLY -> "Partly done";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
        };
    }

    public String of(RunTrigger trigger) {
        return switch (trigger) {
            case SCHEDULE -> "by schedule";
            case THRESHOLD -> "by its watermark";
            case AFTER_BUILDS -> "after builds";
            case HAND -> "by hand";
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
