package dev.cachewarden.history;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cache records that were deleted. */
public interface DeletedRecords {

    /**
     * Returns the records deleted between two times, oldest deletion first. Each record appears once, even if several hosts of the same
     * engine reported it.
     *
     * @param builder one builder of the engine
     * @param after exclusive
     * @param until inclusive
     * @param most maximum number of records; if there are more, the latest deletions are returned
     */
    List<DeletedRecord> between(BuilderId builder, Instant after, Instant until, int most);

    /**
     * One deleted record.
     *
     * @param at time of the first reading without the record
     * @param runId the prune run that deleted it, or null if an external prune or the builder's garbage collection did
     */
    record DeletedRecord(
            String recordId,
            String description,
            Instant at,
            @Nullable Long runId) {}
}
