package dev.cachewarden.engine.pruning;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.util.List;

/**
 * The result of a prune, as reported by the builder.
 *
 * @param pruned in the order of deletion
 * @param spaceReclaimed total reported by the builder; it may include shared bytes that did not become free on the disk
 * @param method way of deletion
 * @param took duration from the first request to the last answer
 */
public record PruneReport(List<PrunedRecord> pruned, ByteSize spaceReclaimed, Method method, Duration took) {

    public PruneReport {
        pruned = List.copyOf(pruned);
    }

    /** The ways to delete by ID. */
    public enum Method {
        /** One call of Control.Prune with a list of exact IDs. */
        CONTROL,
        /** {@code POST /build/prune} for each record, with the ID as an anchored regular expression. */
        HTTP_ONE_BY_ONE
    }
}
