package dev.cachewarden.history;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that a cache had and has no longer. */
public interface GoneRecords {

    /**
     * Those that went between two times, the first to go first. Each once, by whichever host of the same engine it was read.
     *
     * @param builder one of the engine's
     * @param after exclusive
     * @param until inclusive
     * @param most of more than these the last to go
     */
    List<Gone> between(BuilderId builder, Instant after, Instant until, int most);

    /**
     * One that went.
     *
     * @param at first reading without it
     * @param runId the run of ours that deleted it; null: it was somebody else, or the builder's own garbage collection
     */
    record Gone(
            String recordId,
            String description,
            Instant at,
            @Nullable Long runId) {}
}
