package dev.cachewarden.policy;

/** The action that a policy takes when it is triggered. */
public enum PolicyMode {
    /** Stores a plan of what it would delete, and never deletes anything. */
    REPORT,
    /** Makes a plan, and runs it. */
    ENFORCE
}
