package dev.cachewarden.host;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.util.List;

/**
 * One rule of the garbage collection a builder does by itself, as the builder told it; not a policy of ours.
 *
 * @param all whether internal, frontend and shared records are collected too
 * @param filters alternatives in BuildKit's filter language; none: every record
 * @param keepDuration spares what was used within this time; zero: no such protection
 * @param reservedSpace the cache is never collected below this; zero: no floor
 * @param maxUsedSpace cache above this is collected; zero: no such limit
 * @param minFreeSpace free disk that collecting aims for; zero: none
 */
public record GcPolicy(
        boolean all,
        List<String> filters,
        Duration keepDuration,
        ByteSize reservedSpace,
        ByteSize maxUsedSpace,
        ByteSize minFreeSpace) {
    public GcPolicy {
        filters = List.copyOf(filters);
    }
}
