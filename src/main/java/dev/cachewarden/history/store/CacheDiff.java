package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two readings of a cache.
 *
 * @param written records that are new, or differ in anything
 * @param used those of them that were there before and were used since
 * @param gone ids of records that are no longer there
 * @param kept how many records are in both
 */
record CacheDiff(List<CacheRecord> written, List<CacheRecord> used, List<String> gone, int kept) {

    static CacheDiff between(Map<String, CacheRecord> before, Map<String, CacheRecord> now) {
        var written = new ArrayList<CacheRecord>();
        var used = new ArrayList<CacheRecord>();
        int kept = 0;
        for (var record : now.values()) {
            var earlier = before.get(record.id());
            if (earlier != null) {
                kept++;
            }
            if (!record.equals(earlier)) {
                written.add(record);
                if (earlier != null && usedSince(earlier, record)) {
                    used.add(record);
                }
            }
        }
        var gone = before.keySet().stream().filter(id -> !now.containsKey(id)).toList();
        return new CacheDiff(written, used, gone, kept);
    }

    /** A count or time that moves backwards, as after a restored backup, is a change but no use. */
    private static boolean usedSince(CacheRecord before, CacheRecord now) {
        return now.usageCount() > before.usageCount() || isLater(now.lastUsedAt(), before.lastUsedAt());
    }

    private static boolean isLater(@Nullable Instant now, @Nullable Instant before) {
        return now != null && (before == null || now.isAfter(before));
    }

    /** Whether the later reading differs from the earlier one at all. */
    boolean differs() {
        return !written.isEmpty() || !gone.isEmpty();
    }

    /** Whether there was a cache before, and nothing of it is left: emptied, or another cache altogether. */
    boolean nothingInCommon() {
        return kept == 0 && !gone.isEmpty();
    }
}
