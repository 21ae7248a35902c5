package dev.cachewarden.run.execution;

import dev.cachewarden.plan.PlanView;

/**
 * A run that this replica executes.
 *
 * @param owner the ID of this replica; results are stored only while it owns the run
 */
public record ActiveRun(long id, PlanView plan, String owner) {

    /**
     * The exception for a run that another replica took over, because it considered this replica dead. This replica then stops processing
     * the run.
     */
    public static final class LostException extends RuntimeException {
        LostException(long run) {
            super("Run " + run + " was taken over by another replica");
        }
    }
}
