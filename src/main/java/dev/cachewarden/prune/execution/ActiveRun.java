package dev.cachewarden.prune.execution;

import dev.cachewarden.prune.PlanView;

/**
 * A run that this replica works on.
 *
 * @param owner this replica; whatever is stored about the run is stored only while the run still is its
 */
public record ActiveRun(long id, PlanView plan, String owner) {

    /** The run was taken over by another replica, which took this one for dead; there is nothing left to do for it here. */
    public static final class LostException extends RuntimeException {
        LostException(long run) {
            super("Run " + run + " was taken over by another replica");
        }
    }
}
