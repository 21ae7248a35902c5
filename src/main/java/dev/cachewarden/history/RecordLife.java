package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The history of a cache record.
 *
 * @param record the record as last read
 * @param firstSeenAt time of the first reading with the record
 * @param changedAt time of the last reading that showed a change of the record
 * @param missingSince time of the first reading without the record, or null while it exists
 * @param deletionCause cause of the deletion, or null while the record exists
 * @param deletedByRunId the prune run of Cachewarden that deleted the record, or null if none did
 */
public record RecordLife(
        BuilderId builder,
        CacheRecord record,
        Instant firstSeenAt,
        Instant changedAt,
        @Nullable Instant missingSince,
        @Nullable DeletionCause deletionCause,
        @Nullable Long deletedByRunId) {

    /** The cause of a deletion. */
    public enum DeletionCause {
        /** A prune run of Cachewarden deleted the record. */
        RUN,
        /** An external prune: the event log of the engine has a prune between the last reading with the record and the first without it. */
        EXTERNAL,
        /**
         * An external prune without an event, or the builder's own garbage collection: builders do not report which. It may also be a
         * record that a build created for its own use. Such a record was in use.
         */
        UNKNOWN
    }
}
