package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cache record over time.
 *
 * @param record as last read
 * @param firstSeenAt first reading that had it
 * @param changedAt last reading in which something about it differed
 * @param goneAt first reading without it; null while it is there
 * @param goneCause why it went; null while it is there
 * @param goneRunId the prune run that deleted it; null where it was none of ours
 */
public record RecordLife(
        BuilderId builder,
        CacheRecord record,
        Instant firstSeenAt,
        Instant changedAt,
        @Nullable Instant goneAt,
        @Nullable GoneCause goneCause,
        @Nullable Long goneRunId) {

    /** Why a record is no longer there. */
    public enum GoneCause {
        /** A prune run of ours deleted it. */
        PRUNED_BY_US,
        /** Somebody else's prune: the engine's event log tells of one between the last reading that had it and the first without. */
        EXTERNAL,
        /** Somebody else's prune that left no event, or the builder's own garbage collection: builders do not tell which. Or a build made it for itself; then it was in use. */
        UNKNOWN
    }
}
