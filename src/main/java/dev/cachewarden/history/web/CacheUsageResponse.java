package dev.cachewarden.history.web;

import dev.cachewarden.buildcache.CacheUsage;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link CacheUsage} in JSON.
 *
 * @param byType of each record type, in the order of their names
 */
record CacheUsageResponse(Amounts total, Map<String, Amounts> byType) {

    /**
     * Sums of some records.
     *
     * @param reclaimableBytes not in use and not shared
     * @param sharedBytes held by an image as well, in use or not
     * @param inUseBytes held by running builds, shared or not
     */
    record Amounts(long records, long totalBytes, long reclaimableBytes, long sharedBytes, long inUseBytes) {

        private static Amounts of(CacheUsage usage) {
            return new Amounts(
                    usage.total().records(),
                    usage.total().size().bytes(),
                    usage.reclaimable().size().bytes(),
                    usage.shared().size().bytes(),
                    usage.inUse().size().bytes());
        }
    }

    static CacheUsageResponse of(CacheUsage usage) {
        var byType = new TreeMap<String, Amounts>();
        usage.byType()
                .forEach((type, states) ->
                        byType.put(type.name(), Amounts.of(new CacheUsage(new TreeMap<>(Map.of(type, states))))));
        return new CacheUsageResponse(Amounts.of(usage), byType);
    }
}
