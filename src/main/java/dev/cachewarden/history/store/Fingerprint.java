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
            RecordColumns.addTo(one, record);
            // Sums do not depend on the order.
            first += finish(one.first, FIRST);
            second += finish(one.second, SECOND);
        }
        return new UUID(first, second);
    }

    void add(@Nullable Boolean flag) {
        add(flag == null ? Long.MIN_VALUE : flag ? 1 : 2);
    }

    void add(@Nullable Instant time) {
        if (time == null) {
            add(Long.MIN_VALUE);
        } else {
            add(time.getEpochSecond());
            add(time.getNano());
        }
    }

    void add(List<String> texts) {
        add(texts.size());
        texts.forEach(this::add);
    }

    void add(String text) {
        // The length distinguishes "ab" + "c" from "a" + "bc".
        add(text.length());
        long one = first;
        long other = second;
        long four = 0;
        for (int i = 0; i < text.length(); i++) {
            four = four << 16 | text.charAt(i);
            if ((i & 3) == 3) {
                one = finish(one ^ four, FIRST);
                other = finish(other + four, SECOND);
                four = 0;
            }
        }
        first = one;
        second = other;
        add(four);
    }

    void add(long value) {
        first = finish(first ^ value, FIRST);
        second = finish(second + value, SECOND);
    }

    private static long finish(long value, long constant) {
        long mixed = (value + constant) * constant;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 29;
    }
}
