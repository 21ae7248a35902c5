package dev.cachewarden.policy.web;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A number of records and the sum of their bytes. */
public record SumResponse(long records, long bytes) {

    /** Returns the number of bytes, or null if the size is null. */
    public static @Nullable Long bytes(@Nullable ByteSize size) {
        return size == null ? null : size.bytes();
    }

    public static SumResponse of(Amount amount) {
        return new SumResponse(amount.records(), amount.size().bytes());
    }

    public static <K> SortedMap<String, SumResponse> of(Map<K, Amount> amounts) {
        var sums = new TreeMap<String, SumResponse>();
        amounts.forEach((key, amount) -> sums.put(String.valueOf(key), of(amount)));
        return sums;
    }
}
