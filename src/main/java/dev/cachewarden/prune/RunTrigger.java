package dev.cachewarden.prune;

/** What set a run off. */
public enum RunTrigger {
    SCHEDULE,
    /** A watermark of its policy was passed. */
    THRESHOLD,
    /** Builds ended. */
    AFTER_BUILDS,
    /** A person, or a script with a token. */
    HAND
}
