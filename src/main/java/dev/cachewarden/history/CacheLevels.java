package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.List;

/** The sizes of caches at each reading, which are stored for two days by default. */
public interface CacheLevels {

    /**
     * Returns the readings of a cache between two times, oldest first.
     *
     * @param after exclusive
     * @param until inclusive
     */
    List<CacheLevel> between(BuilderId builder, Instant after, Instant until);

    /**
     * The size of a cache at one reading.
     *
     * @param total size of all records
     * @param deleted size of the records that were deleted since the reading before by a run or an external prune
     */
    record CacheLevel(Instant at, ByteSize total, ByteSize deleted) {}
}
