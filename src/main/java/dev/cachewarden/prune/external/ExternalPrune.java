package dev.cachewarden.prune.external;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records of one builder that went between two readings without a run of ours.
 *
 * @param since last reading that still had them; null: not kept any more
 * @param at first reading without them
 * @param gone how many, and their bytes as last read
 * @param eventAt by our clock, of the last event in between; null: there was none
 * @param reported what the engine said it freed, over all events in between; null: there was none
 */
public record ExternalPrune(
        BuilderId builder,
        @Nullable Instant since,
        Instant at,
        Amount gone,
        Known known,
        @Nullable Instant eventAt,
        @Nullable ByteSize reported) {

    /** How it is known, and so how much. */
    public enum Known {
        /** The engine's event log tells of a prune over its HTTP API, such as {@code docker system prune}. */
        EVENT,
        /**
         * They are gone, and no event says why: a prune over gRPC such as {@code docker buildx prune}, or the builder's own garbage
         * collection. Builders do not tell which.
         */
        DISAPPEARED
    }
}
