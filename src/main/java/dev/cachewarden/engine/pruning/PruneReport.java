package dev.cachewarden.engine.pruning;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.util.List;

/**
 * What the builder said it did.
 *
 * @param pruned in the order of deletion
 * @param spaceReclaimed the builder's own sum; shared bytes in it are not free on the disk
 * @param method by which way
 * @param took from the first request to the last answer
 */
public record PruneReport(List<PrunedRecord> pruned, ByteSize spaceReclaimed, Method method, Duration took) {

    public PruneReport {
        pruned = List.copyOf(pruned);
    }

    /** The ways to delete by id. */
    public enum Method {
        /** One call of Control.Prune with a list of exact ids. */
        CONTROL,
        /** {@code POST /build/prune}, one record a call, with the id anchored as a regular expression. */
        HTTP_ONE_BY_ONE
    }
}
