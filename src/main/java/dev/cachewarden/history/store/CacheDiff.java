package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two readings of a cache.
 *
 * @param written new and changed records
 * @param used the changed records among them that were used since the earlier reading
 * @param gone ids of records that no longer exist
 * @param kept number of records in both readings
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

    /**
     * Returns whether a record was used since. A count or time that decreases, for example after a restored backup, is a change but no use.
     */
    private static boolean usedSince(CacheRecord before, CacheRecord now) {
        return now.usageCount() > before.usageCount() || isLater(now.lastUsedAt(), before.lastUsedAt());
    }

    private static boolean isLater(@Nullable Instant now, @Nullable Instant before) {
        return now != null && (before == null || now.isAfter(before));
    }

    /** Returns whether the later reading differs from the earlier one. */
    boolean differs() {
        return !written.isEmpty() || !gone.isEmpty();
    }

    /** Returns whether all records of the earlier reading are missing: the cache was emptied, or it is another cache. */
    boolean nothingInCommon() {
        return kept == 0 && !gone.isEmpty();
    }
}
