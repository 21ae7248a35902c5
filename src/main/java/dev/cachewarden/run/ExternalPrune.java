package dev.cachewarden.run;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records of one builder that disappeared between two snapshots without a run of Cachewarden.
 *
 * @param since the time of the last snapshot that contained them, or null if it is no longer stored
 * @param at the time of the first snapshot without them
 * @param gone the number of records, and their bytes in the last snapshot that contained them
 * @param eventAt the time of the last event in between, by Cachewarden's clock, or null if there was none
 * @param reported the total of freed bytes that the engine reported in all events in between, or null if there was none
 */
public record ExternalPrune(
        BuilderId builder,
        @Nullable Instant since,
        Instant at,
        Amount gone,
        Known known,
        @Nullable Instant eventAt,
        @Nullable ByteSize reported) {

    /** The evidence of the prune, which determines how much is known about it. */
    public enum Known {
        /** The event log of the engine contains a prune over its HTTP API, such as {@code docker system prune}. */
        EVENT,
        /**
         * The records disappeared, and no event explains it. The cause is a prune over gRPC such as {@code docker buildx prune}, or the
         * garbage collection of the builder. Builders do not report which.
         */
        DISAPPEARED
    }
}
