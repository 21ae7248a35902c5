package dev.cachewarden.build;

/** The state of a build. */
public enum BuildState {
    RUNNING,
    DONE,
    FAILED,
    CANCELED,
    /** The build was running when it was last seen. Its builder no longer knows it, or its log ends before the build does. */
    LOST;

    public boolean ended() {
        return this != RUNNING;
    }

    /** Returns whether the scenario of a build in this state can be determined by comparison with the previous build. */
    public boolean comparable() {
        return this == DONE || this == FAILED;
    }
}
