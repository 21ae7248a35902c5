package dev.cachewarden.plan;

/** The outcome of the deletion of a planned record. */
public enum RecordOutcome {
    /** The builder reported the record as deleted, or it was missing after Cachewarden had passed it to the builder. */
    DELETED,
    /**
     * The record was skipped for a reason that is not a failure. It was used since the plan, is in use, was already deleted, or the run was
     * stopped.
     */
    SKIPPED,
    /** The record should be deleted but is not, or its state is unknown. */
    FAILED
}
