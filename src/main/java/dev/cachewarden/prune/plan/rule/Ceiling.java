package dev.cachewarden.prune.plan.rule;

import dev.cachewarden.buildcache.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * The most that one run may take, whatever its rules say. At least one bound is given; with both the lower one holds.
 *
 * @param maxBytes in bytes; null: no bound in bytes
 * @param maxShare in per cent of the cache's bytes, 1 to 100; shared ones count where a rule includes them; null: no bound by share
 */
public record Ceiling(@Nullable ByteSize maxBytes, @Nullable Integer maxShare) {

    public Ceiling {
        if (maxBytes == null && maxShare == null) {
            throw new IllegalArgumentException("A ceiling needs bytes or a share of the cache");
        }
        if (maxShare != null && (maxShare < 1 || maxShare > 100)) {
            throw new IllegalArgumentException("The share of the cache is in per cent, from 1 to 100, not " + maxShare);
        }
    }

    public static Ceiling ofBytes(ByteSize bytes) {
        return new Ceiling(bytes, null);
    }

    public static Ceiling ofShare(int percent) {
        return new Ceiling(null, percent);
    }

    /** What the ceiling comes to for a cache of so many bytes. */
    public ByteSize in(ByteSize cache) {
        long bytes = maxBytes == null ? Long.MAX_VALUE : maxBytes.bytes();
        if (maxShare != null) {
            // Divided first: a hundredfold of a large cache is more than a long holds.
            long share = cache.bytes() / 100 * maxShare + cache.bytes() % 100 * maxShare / 100;
            bytes = Math.min(bytes, share);
        }
        return new ByteSize(bytes);
    }

    /** In words: {@code 20.0 GiB}, {@code 20 % of the cache}, {@code 20.0 GiB and 20 % of the cache}. */
    @Override
    public String toString() {
        if (maxShare == null) {
            return String.valueOf(maxBytes);
        }
        String share = maxShare + " % of the cache";
        return maxBytes == null ? share : maxBytes + " and " + share;
    }
}
