package dev.cachewarden.prune;

/** What set a run off. */
public enum RunTrigger {
    SCHEDULE,
    /** A person, or a script with a token. */
    HAND
}
