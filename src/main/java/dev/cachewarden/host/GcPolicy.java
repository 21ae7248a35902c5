package dev.cachewarden.host;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a builder's own garbage collection, as reported by the builder. It is not a policy of Cachewarden.
 *
 * @param all true if the rule also collects internal, frontend, and shared records
 * @param filters alternative filters in BuildKit's filter language; empty for every record
 * @param keepDuration keeps records used within this time; zero for no such protection
 * @param reservedSpace minimum cache size, below which nothing is collected; zero for no minimum
 * @param maxUsedSpace cache size above which records are collected; zero for no limit
 * @param minFreeSpace free disk space that garbage collection aims for; zero for none
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

    /** Returns the most space that the cache uses, or null for no limit. */
    public @Nullable ByteSize most() {
        return some(maxUsedSpace);
    }

    /** Returns the free disk space to reach, or null for none. */
    public @Nullable ByteSize free() {
        return some(minFreeSpace);
    }

    /** Returns the cache size at which garbage collection stops, or null for none. */
    public @Nullable ByteSize floor() {
        return some(reservedSpace);
    }

    private static @Nullable ByteSize some(ByteSize size) {
        return size.bytes() > 0 ? size : null;
    }
}
