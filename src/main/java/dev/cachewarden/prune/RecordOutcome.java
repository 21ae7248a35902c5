package dev.cachewarden.prune;

/** The outcome of the deletion of a planned record. */
public enum RecordOutcome {
    /** The builder reported it as deleted, or it was missing after Cachewarden had passed it to the builder. */
    DELETED,
    /** Skipped for a reason that is not a failure: it was used since the plan, is in use, was already deleted, or the run was stopped. */
    SKIPPED,
    /** It should be deleted but is not, or its state is unknown. */
    FAILED
}
