package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cache record for tests, said in a sentence: {@code aRecord("a").bytes(1000).used(3, NOON).build()}. */
public final class ARecord {

    public static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

    private final String id;
    private RecordType type = RecordType.REGULAR;
    private List<String> parents = List.of();
    private String description = "[build 2/4] RUN make";
    private boolean inUse;
    private boolean shared;
    private @Nullable Boolean mutable = false;
    private long bytes = 1_000;
    private @Nullable Instant createdAt = CREATED;
    private @Nullable Instant lastUsedAt = CREATED.plus(Duration.ofHours(1));
    private long usageCount = 1;

    private ARecord(String id) {
        this.id = id;
    }

    public static ARecord aRecord(String id) {
        return new ARecord(id);
    }

    public ARecord type(String type) {
        this.type = new RecordType(type);
        return this;
    }

    public ARecord under(String... parents) {
        this.parents = List.of(parents);
        return this;
    }

    public ARecord described(String description) {
        this.description = description;
        return this;
    }

    public ARecord inUse() {
        this.inUse = true;
        return this;
    }

    public ARecord shared() {
        this.shared = true;
        return this;
    }

    public ARecord mutable(@Nullable Boolean mutable) {
        this.mutable = mutable;
        return this;
    }

    public ARecord bytes(long bytes) {
        this.bytes = bytes;
        return this;
    }

    public ARecord created(@Nullable Instant createdAt) {
        this.createdAt = createdAt;
        return this;
    }

    public ARecord used(long usageCount, @Nullable Instant lastUsedAt) {
        this.usageCount = usageCount;
        this.lastUsedAt = lastUsedAt;
        return this;
    }

    public CacheRecord build() {
        return new CacheRecord(
                id,
                type,
                parents,
                description,
                inUse,
                shared,
                mutable,
                new ByteSize(bytes),
                createdAt,
                lastUsedAt,
                usageCount);
    }
}
