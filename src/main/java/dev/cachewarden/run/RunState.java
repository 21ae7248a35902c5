package dev.cachewarden.run;

import java.util.EnumSet;
import java.util.Set;

/** The state of a run. A run deletes records only while it is RUNNING. */
public enum RunState {
    /** The run is larger than its policy allows without approval. */
    AWAITING_APPROVAL,
    /** The run waits until its countdown ends, or until another run on the same engine ends. */
    COUNTDOWN,
    /** The run is the only one on the engine, and waits for running builds to release the cache. */
    WAITING_FOR_BUILDS,
    /** The run checks the records again and deletes them. */
    RUNNING,
    /** The run has finished deleting, and Cachewarden reads the cache to verify the result. */
    VERIFYING,
    /** Every planned record is deleted, or was skipped for a reason that is not a failure. */
    DONE,
    /** Some records are deleted, and others failed. */
    PARTIAL,
    /** The run ended before it deleted anything, or it deleted nothing and a deletion failed. */
    FAILED,
    /** A user canceled the run. It reports the records deleted until then. */
    CANCELED;

    private static final Set<RunState> ENDED = EnumSet.of(DONE, PARTIAL, FAILED, CANCELED);

    public boolean ended() {
        return ENDED.contains(this);
    }
}
