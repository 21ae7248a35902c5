package dev.cachewarden.simulator.cache;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record put into a graph by hand, for what builds do not make.
 *
 * @param parents ids of records in the graph
 * @param createdAt null: now
 * @param lastUsedAt null: never used
 */
public record RecordDraft(
        String type,
        String description,
        List<String> parents,
        long size,
        boolean shared,
        boolean mutable,
        @Nullable Instant createdAt,
        @Nullable Instant lastUsedAt,
        int usageCount) {

    public RecordDraft {
        parents = List.copyOf(parents);
    }

    public static RecordDraft of(String type, String description, long size) {
        return new RecordDraft(type, description, List.of(), size, false, false, null, null, 0);
    }

    public RecordDraft on(String... parentIds) {
        return new RecordDraft(
                type, description, List.of(parentIds), size, shared, mutable, createdAt, lastUsedAt, usageCount);
    }

    public RecordDraft asShared() {
        return new RecordDraft(type, description, parents, size, true, mutable, createdAt, lastUsedAt, usageCount);
    }

    public RecordDraft asMutable() {
        return new RecordDraft(type, description, parents, size, shared, true, createdAt, lastUsedAt, usageCount);
    }

    public RecordDraft created(Instant at) {
        return new RecordDraft(type, description, parents, size, shared, mutable, at, lastUsedAt, usageCount);
    }

    public RecordDraft used(Instant at, int times) {
        return new RecordDraft(type, description, parents, size, shared, mutable, createdAt, at, times);
    }
}
