package dev.cachewarden.history;

import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.RecordLife.DeletionCause;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.list.CsvColumns;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RecordLife} in JSON.
 *
 * @param hostId id of the host, or null if the host was removed during the request
 * @param host name of the host, or null if the host was removed during the request
 * @param children number of records that build on it and must go first, or null if the record was deleted or the response does not count them
 * @param mutable whether the record is mutable, or null if the engine's API does not report it
 */
record CacheRecordResponse(
        @Nullable Long hostId,
        @Nullable String host,
        long builderId,
        String id,
        String type,
        List<String> parents,
        String description,
        UsageState state,
        boolean inUse,
        boolean shared,
        boolean reclaimable,
        @Nullable Integer children,
        @Nullable Boolean mutable,
        long sizeBytes,
        @Nullable Instant createdAt,
        @Nullable Instant lastUsedAt,
        long usageCount,
        Instant firstSeenAt,
        Instant changedAt,
        @Nullable Instant missingSince,
        @Nullable DeletionCause deletionCause,
        @Nullable Long deletedByRunId) {

    /** The columns in CSV. */
    static final CsvColumns<CacheRecordResponse> CSV = new CsvColumns<CacheRecordResponse>()
            .with("host", CacheRecordResponse::host)
            .with("builderId", CacheRecordResponse::builderId)
            .with("id", CacheRecordResponse::id)
            .with("type", CacheRecordResponse::type)
            .with("state", CacheRecordResponse::state)
            .with("sizeBytes", CacheRecordResponse::sizeBytes)
            .with("usageCount", CacheRecordResponse::usageCount)
            .with("createdAt", CacheRecordResponse::createdAt)
            .with("lastUsedAt", CacheRecordResponse::lastUsedAt)
            .with("firstSeenAt", CacheRecordResponse::firstSeenAt)
            .with("parents", record -> String.join(" ", record.parents()))
            .with("description", CacheRecordResponse::description);

    static CacheRecordResponse of(RecordLife life, @Nullable WatchedHost host, @Nullable Integer children) {
        var record = life.record();
        return new CacheRecordResponse(
                host == null ? null : host.id().value(),
                host == null ? null : host.name(),
                life.builder().value(),
                record.id(),
                record.type().name(),
                record.parents(),
                record.description(),
                UsageState.of(record),
                record.inUse(),
                record.shared(),
                record.reclaimable(),
                children,
                record.mutable(),
                record.size().bytes(),
                record.createdAt(),
                record.lastUsedAt(),
                record.usageCount(),
                life.firstSeenAt(),
                life.changedAt(),
                life.missingSince(),
                life.deletionCause(),
                life.deletedByRunId());
    }
}
