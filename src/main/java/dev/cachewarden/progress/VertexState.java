package dev.cachewarden.progress;

/** How far a vertex came. */
public enum VertexState {
    /** Named, but never begun. */
    WAITING,
    /** Begun, not ended when the log ended. */
    RUNNING,
    /** Its result was in the cache. In a build that failed it may also mean that it was not needed any more. */
    CACHED,
    DONE,
    FAILED,
    CANCELED
}
