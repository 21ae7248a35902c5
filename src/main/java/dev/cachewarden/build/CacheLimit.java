package dev.cachewarden.build;

import dev.cachewarden.buildcache.ByteSize;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A current limit on the total size of a cache.
 *
 * @param policy policy that sets the limit, or null for the builder's own garbage collection
 * @param words effect of the limit as the end of a sentence: {@code keeps at most 20.0 GiB}
 * @param size size to which the cache is reduced, zero if everything is deleted, or null if the size is unknown in advance
 * @param idle reason why the limit deletes nothing automatically, as a sentence without a full stop, or null if it deletes automatically
 */
public record CacheLimit(
        @Nullable Policy policy,
        String words,
        @Nullable ByteSize size,
        @Nullable String idle) {

    /** The order of limits by size: the smallest remaining cache first, and unknown sizes last. */
    public static final Comparator<@Nullable ByteSize> TIGHTEST_FIRST = Comparator.nullsLast(Comparator.naturalOrder());

    public record Policy(long id, String name, int version) {}

    /** Returns the source of the limit: {@code policy nightly v4}, or {@code the builder's own garbage collection}. */
    public String who() {
        return policy == null
                ? "the builder's own garbage collection"
                : "policy " + policy.name() + " v" + policy.version();
    }
}
