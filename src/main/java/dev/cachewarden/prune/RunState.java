package dev.cachewarden.prune;

import java.util.EnumSet;
import java.util.Set;

/** The state of a run. A run deletes records only while it is RUNNING. */
public enum RunState {
    /** It is larger than its policy allows without approval. */
    AWAITING_APPROVAL,
    /** It waits until its countdown ends, or until another run on the same engine ends. */
    COUNTDOWN,
    /** It is the only run on the engine, and waits for running builds to release the cache. */
    WAITING_FOR_BUILDS,
    /** It checks the records again and deletes them. */
    RUNNING,
    /** It has finished deleting, and Cachewarden reads the cache to verify the result. */
    VERIFYING,
    /** Every planned record is deleted, or was skipped for a reason that is not a failure. */
    DONE,
    /** Some records are deleted, and others failed. */
    PARTLY,
    /** It ended before it deleted anything, or it deleted nothing and a deletion failed. */
    FAILED,
    /** A user canceled it. It reports the records deleted until then. */
    CANCELLED;

    private static final Set<RunState> ENDED = EnumSet.of(DONE, PARTLY, FAILED, CANCELLED);

    public boolean ended() {
        return ENDED.contains(this);
    }
}
