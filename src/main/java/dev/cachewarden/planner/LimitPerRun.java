package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * The most that one run may delete, regardless of its rules. At least one bound is required. If both are given, the lower one applies.
 *
 * @param maxBytes the bound in bytes, or null for no bound in bytes
 * @param maxShare the bound in percent of the cache's bytes, from 1 to 100, or null for none; shared records count if a rule includes them
 */
public record LimitPerRun(
        @Nullable ByteSize maxBytes, @Nullable Integer maxShare) {

    public LimitPerRun {
        if (maxBytes == null && maxShare == null) {
            throw new IllegalArgumentException("A limit per run needs bytes or a share of the cache");
        }
        if (maxShare != null && (maxShare < 1 || maxShare > 100)) {
            throw new IllegalArgumentException("The share of the cache must be from 1 to 100 percent, not " + maxShare);
        }
    }

    public static LimitPerRun ofBytes(ByteSize bytes) {
        return new LimitPerRun(bytes, null);
    }

    public static LimitPerRun ofShare(int percent) {
        return new LimitPerRun(null, percent);
    }

    /** Returns the limit per run in bytes for a cache of the given size. */
    public ByteSize in(ByteSize cache) {
        long bytes = maxBytes == null ? Long.MAX_VALUE : maxBytes.bytes();
        if (maxShare != null) {
            // Divides first, because a hundred times the size of a large cache can overflow a long.
            long share = cache.bytes() / 100 * maxShare + cache.bytes() % 100 * maxShare / 100;
            bytes = Math.min(bytes, share);
        }
        return new ByteSize(bytes);
    }

    /** Returns a text: {@code 20.0 GiB}, {@code 20% of the cache}, {@code 20.0 GiB and 20% of the cache}. */
    @Override
    public String toString() {
        if (maxShare == null) {
            return String.valueOf(maxBytes);
        }
        String share = maxShare + "% of the cache";
        return maxBytes == null ? share : maxBytes + " and " + share;
    }
}
