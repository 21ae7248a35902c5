package dev.cachewarden.build;

/** How a build stands. */
public enum BuildState {
    RUNNING,
    DONE,
    FAILED,
    CANCELED,
    /** It ran when it was last seen: its builder knows it no longer, or its log ends before it does. */
    LOST;

    public boolean ended() {
        return this != RUNNING;
    }

    /** Whether it can be told what a build was, by the one before it. */
    public boolean comparable() {
        return this == DONE || this == FAILED;
    }
}
