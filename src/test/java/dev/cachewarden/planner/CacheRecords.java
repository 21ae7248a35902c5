package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cache records for tests: {@code aRecord("a").megabytes(5).usedDaysAgo(3).record()}. */
public final class CacheRecords {

    public static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");

    private final String id;
    private RecordType type = RecordType.REGULAR;
    private List<String> parents = List.of();
    private boolean inUse;
    private boolean shared;
    private String description;
    private ByteSize size = new ByteSize(1_000_000);
    private @Nullable Instant createdAt = NOW.minus(Duration.ofDays(100));
    private @Nullable Instant lastUsedAt = NOW.minus(Duration.ofDays(10));
    private long usageCount = 1;

    private CacheRecords(String id) {
        this.id = id;
        this.description = "step " + id;
    }

    /** A reclaimable regular record of 1 MB, used once, ten days ago. */
    public static CacheRecords aRecord(String id) {
        return new CacheRecords(id);
    }

    public CacheRecords type(RecordType value) {
        type = value;
        return this;
    }

    public CacheRecords described(String value) {
        description = value;
        return this;
    }

    public CacheRecords on(String... parentIds) {
        parents = List.of(parentIds);
        return this;
    }

    public CacheRecords inUse() {
        inUse = true;
        return this;
    }

    public CacheRecords shared() {
        shared = true;
        return this;
    }

    public CacheRecords megabytes(long value) {
        return bytes(value * 1_000_000);
    }

    public CacheRecords bytes(long value) {
        size = new ByteSize(value);
        return this;
    }

    public CacheRecords usedDaysAgo(long days) {
        return usedAgo(Duration.ofDays(days));
    }

    public CacheRecords usedAgo(Duration ago) {
        lastUsedAt = NOW.minus(ago);
        return this;
    }

    public CacheRecords neverUsed() {
        lastUsedAt = null;
        usageCount = 0;
        return this;
    }

    public CacheRecords createdDaysAgo(long days) {
        createdAt = NOW.minus(Duration.ofDays(days));
        return this;
    }

    public CacheRecords ofUnknownAge() {
        createdAt = null;
        return neverUsed();
    }

    public CacheRecords uses(long count) {
        usageCount = count;
        return this;
    }

    public CacheRecord record() {
        return new CacheRecord(
                id, type, parents, description, inUse, shared, null, size, createdAt, lastUsedAt, usageCount);
    }
}
