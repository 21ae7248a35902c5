package dev.cachewarden.build;

/** How a build stands. */
public enum BuildState {
    RUNNING,
    DONE,
    FAILED,
    CANCELED,
    /** It ran when it was last seen, and its builder knows it no longer. */
    LOST;

    public boolean ended() {
        return this != RUNNING;
    }
}
