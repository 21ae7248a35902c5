package dev.cachewarden.build;

import dev.cachewarden.buildcache.ByteSize;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What limits the whole of a cache today.
 *
 * @param policy the one it is of; null: the builder's own garbage collection
 * @param words what it does, as the end of a sentence: {@code keeps at most 20.0 GiB}
 * @param size to what it cuts the cache back, zero if it deletes everything; null: not to a size that is known beforehand
 * @param idle why it deletes nothing by itself, as a sentence without a full stop; null: it does
 */
public record CacheLimit(
        @Nullable Policy policy,
        String words,
        @Nullable ByteSize size,
        @Nullable String idle) {

    /** How limits are ordered by their sizes: what leaves less first, what leaves nobody knows how much last. */
    public static final Comparator<@Nullable ByteSize> TIGHTEST_FIRST = Comparator.nullsLast(Comparator.naturalOrder());

    public record Policy(long id, String name, int version) {}

    /** Who limits: {@code policy nightly v4}, or {@code the builder's own garbage collection}. */
    public String who() {
        return policy == null
                ? "the builder's own garbage collection"
                : "policy " + policy.name() + " v" + policy.version();
    }
}
