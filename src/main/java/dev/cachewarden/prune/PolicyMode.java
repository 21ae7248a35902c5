package dev.cachewarden.prune;

/** What a policy does when its time comes. */
public enum PolicyMode {
    /** Stores what it would delete, and never deletes. */
    REPORT,
    /** Plans, and runs the plan. */
    ENFORCE
}
