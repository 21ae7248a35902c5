package dev.cachewarden.forecast;

import dev.cachewarden.buildcache.DiskSpace;
import java.time.Instant;

/**
 * The use of a disk at one time.
 *
 * @param cacheBytes size of the cache on it, from the last reading before
 */
public record DiskLevel(Instant at, DiskSpace space, long cacheBytes) {

    /** Returns the used bytes apart from the cache. Shared records also belong to images, so the result can be negative. */
    long restBytes() {
        return space.total().bytes() - space.free().bytes() - cacheBytes;
    }
}
