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
}
