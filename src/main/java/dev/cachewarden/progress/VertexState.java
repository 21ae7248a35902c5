package dev.cachewarden.progress;

/** The state of a vertex. */
public enum VertexState {
    /** The vertex has a name, but never started. */
    WAITING,
    /** The vertex started, and had not ended when the log ended. */
    RUNNING,
    /** The result of the vertex was in the cache. In a failed build, it may also mean that the vertex was no longer needed. */
    CACHED,
    DONE,
    FAILED,
    CANCELED
}
