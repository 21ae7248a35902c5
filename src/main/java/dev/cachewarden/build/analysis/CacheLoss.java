package dev.cachewarden.build.analysis;

import java.time.Instant;

/** The loss of a cache record by a builder. */
public sealed interface CacheLoss {

    /** Returns the time of the loss, as exactly as it is known. It is never before the actual loss. */
    Instant at();

    /** A deletion by a prune run of Cachewarden. */
    record ByRun(long runId, Instant at) implements CacheLoss {}

    /** A deletion by the garbage collection of the builder, or by a user who pruned the cache manually. */
    record ByOthers(Instant at) implements CacheLoss {}
}
