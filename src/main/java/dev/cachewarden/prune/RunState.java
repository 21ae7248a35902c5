package dev.cachewarden.prune;

import java.util.EnumSet;
import java.util.Set;

/** Where a run stands. Nothing is deleted before RUNNING, nor after. */
public enum RunState {
    /** Larger than its policy lets go without a person. */
    AWAITING_APPROVAL,
    /** Waits for the end of its countdown, or for another run on the same engine to end. */
    COUNTDOWN,
    /** It has the engine to itself, and waits for running builds to let go of the cache. */
    WAITING_FOR_BUILDS,
    /** Checks the records again and deletes. */
    RUNNING,
    /** The deletion is over; what really went is being read back. */
    VERIFYING,
    /** Every planned record is gone, or was passed over for a reason that is not a fault. */
    DONE,
    /** Some went, and some failed. */
    PARTLY,
    /** It did not come to deleting, or none went and something failed. */
    FAILED,
    /** Somebody stopped it; what had gone by then is told. */
    CANCELLED;

    private static final Set<RunState> ENDED = EnumSet.of(DONE, PARTLY, FAILED, CANCELLED);

    public boolean ended() {
        return ENDED.contains(this);
    }
}
