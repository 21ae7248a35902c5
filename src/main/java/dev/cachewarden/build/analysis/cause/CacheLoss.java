package dev.cachewarden.build.analysis.cause;

import java.time.Instant;

/** How a builder lost a cache record. */
public sealed interface CacheLoss {

    /** When, as exactly as it is known; never before it was gone. */
    Instant at();

    /** By a prune run of ours. */
    record ByRun(long runId, Instant at) implements CacheLoss {}

    /** By the builder's own garbage collection or by somebody who pruned it by hand. */
    record ByOthers(Instant at) implements CacheLoss {}
}
