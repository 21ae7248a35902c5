package dev.cachewarden.history;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that a cache had and has no longer. */
public interface GoneRecords {

    /**
     * Those that went between two times and whose description has some words in it, the first to go first.
     *
     * @param words as they stand in the description, whatever the case
     * @param after exclusive
     * @param until inclusive
     */
    List<Gone> find(BuilderId builder, String words, Instant after, Instant until);

    /**
     * One that went.
     *
     * @param at first reading without it
     * @param runId the run of ours that deleted it; null: it was somebody else, or the builder's own garbage collection
     */
    record Gone(String recordId, Instant at, @Nullable Long runId) {}
}
