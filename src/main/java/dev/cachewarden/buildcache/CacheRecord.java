package dev.cachewarden.buildcache;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a builder's cache, as the builder told it in one reading.
 *
 * @param id the builder's own, unique within it
 * @param type what BuildKit keeps in it
 * @param parents ids of the records it builds on, none for a root; a parent cannot be pruned before its children
 * @param description the builder's sentence, usually the step that made it; may be empty. The same step reads differently
 *     by generation of BuildKit
 * @param inUse a running build holds it, or holds one of its children; it cannot be pruned
 * @param shared its data is held by something else as well (an image), so that pruning it frees no space
 * @param mutable still writable (sources, cache mounts, unfinished steps); null where the way of reading does not tell
 * @param size of its own data without its parents'; zero while a build writes to it
 * @param createdAt null where the builder sent none, or a date no builder can have made
 * @param lastUsedAt when the last use ended; null: never used
 * @param usageCount uses that have ended
 */
public record CacheRecord(
        String id,
        RecordType type,
        List<String> parents,
        String description,
        boolean inUse,
        boolean shared,
        @Nullable Boolean mutable,
        ByteSize size,
        @Nullable Instant createdAt,
        @Nullable Instant lastUsedAt,
        long usageCount) {

    public CacheRecord {
        if (id.isBlank()) {
            throw new IllegalArgumentException("A cache record needs an id");
        }
        if (usageCount < 0) {
            throw new IllegalArgumentException("Usage count of record " + id + " is negative: " + usageCount);
        }
        parents = List.copyOf(parents);
    }

    /**
     * Whether a prune would free its bytes: not in use and not shared. This is the engine's meaning ({@code docker system
     * df}); {@code docker buildx du} calls every record reclaimable that is not in use.
     */
    public boolean reclaimable() {
        return !inUse && !shared;
    }

    /** When it was last used, or came to be where it never was used; null where neither is known. */
    public @Nullable Instant lastTouchedAt() {
        return lastUsedAt != null ? lastUsedAt : createdAt;
    }
}
