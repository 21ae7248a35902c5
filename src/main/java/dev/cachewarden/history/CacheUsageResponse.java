package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheUsage;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link CacheUsage} in JSON.
 *
 * @param byType sums by record type, in the order of the type names
 */
record CacheUsageResponse(Amounts total, Map<String, Amounts> byType) {

    /**
     * Sums over several records.
     *
     * @param reclaimableBytes size of records that are neither in use nor shared
     * @param sharedBytes size of records that an image also uses, in use or not
     * @param inUseBytes size of records that running builds use, shared or not
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
