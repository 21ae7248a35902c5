package dev.cachewarden.prune;

/** What became of a planned record. */
public enum RecordOutcome {
    /** The builder reported it gone, or it was found gone after it had been handed to the builder. */
    DELETED,
    /** Passed over, with a reason that is not a fault: used since, in use, gone already, the run was stopped. */
    SKIPPED,
    /** It should be gone and is not, or nobody can tell. */
    FAILED
}
