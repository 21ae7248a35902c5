package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A 128-bit hash that differs if any stored column of any record differs. It ignores the order of the records, because engines list them in
 * another order each time. It is not collision-resistant against an attacker: an engine can send false records without a collision.
 */
final class Fingerprint {

    // The constants of SplitMix64 and MurmurHash3's finalizers; any odd constants with scattered bits would work.
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

    private long first;
    private long second;

    private Fingerprint() {}

    static UUID of(Collection<CacheRecord> records) {
        long first = records.size();
        long second = records.size();
        for (var record : records) {
            var one = new Fingerprint();
            RecordColumns.forEachValue(record, one::addValue);
            // Sums do not depend on the order.
            first += finish(one.first, FIRST);
            second += finish(one.second, SECOND);
        }
        return new UUID(first, second);
    }

    private void addValue(@Nullable Object value) {
        if (value instanceof String text) {
            add(text);
        } else if (value instanceof Long number) {
            add(number.longValue());
        } else if (value instanceof Boolean flag) {
            add(flag ? 1 : 2);
        } else if (value instanceof Instant time) {
            add(time.getEpochSecond());
            add(time.getNano());
        } else if (value instanceof List<?> values) {
            add(values.size());
            values.forEach(this::addValue);
        } else if (value == null) {
            add(Long.MIN_VALUE);
        } else {
            throw new IllegalArgumentException("No hash of " + value.getClass());
        }
    }

    private void add(String text) {
        // The length distinguishes "ab" + "c" from "a" + "bc".
        add(text.length());
        long four = 0;
        for (int i = 0; i < text.length(); i++) {
            four = four << 16 | text.charAt(i);
            if ((i & 3) == 3) {
                add(four);
                four = 0;
            }
        }
        add(four);
    }

    private void add(long value) {
        first = finish(first ^ value, FIRST);
        second = finish(second + value, SECOND);
    }

    private static long finish(long value, long constant) {
        long mixed = (value + constant) * constant;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 29;
    }
}
