package dev.cachewarden.buildcache;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cache records for tests, said in a sentence: {@code aRecord("a").of(GIB).under("b").build()}. */
public final class CacheRecords {

    /** When the records of a test were created, unless they say otherwise. */
    public static final Instant CREATED = Instant.parse("2026-03-29T00:30:00Z");

    private final String id;
    private RecordType type = RecordType.REGULAR;
    private List<String> parents = List.of();
    private String description = "[build 2/4] RUN make";
    private boolean inUse;
    private boolean shared;
    private ByteSize size = new ByteSize(1_000);
    private @Nullable Instant lastUsedAt;
    private long usageCount;

    private CacheRecords(String id) {
        this.id = id;
    }

    public static CacheRecords aRecord(String id) {
        return new CacheRecords(id);
    }

    public CacheRecords type(RecordType type) {
        this.type = type;
        return this;
    }

    public CacheRecords under(String... parents) {
        this.parents = List.of(parents);
        return this;
    }

    public CacheRecords description(String description) {
        this.description = description;
        return this;
    }

    public CacheRecords inUse() {
        this.inUse = true;
        return this;
    }

    public CacheRecords shared() {
        this.shared = true;
        return this;
    }

    public CacheRecords bytes(long bytes) {
        this.size = new ByteSize(bytes);
        return this;
    }

    public CacheRecords usedAt(Instant lastUsedAt, long usageCount) {
        this.lastUsedAt = lastUsedAt;
        this.usageCount = usageCount;
        return this;
    }

    public CacheRecord build() {
        return new CacheRecord(
                id, type, parents, description, inUse, shared, null, size, CREATED, lastUsedAt, usageCount);
    }
}
