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

    private static final int LONGEST_ID = 128;

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
     * Returns whether an ID has the form of BuildKit's IDs: 1 to 128 lowercase letters and digits. Only a record with such an ID can be
     * named in a prune, because another character in a filter could match more than one record.
     */
    public static boolean isBuildKitId(String id) {
        for (int at = 0; at < id.length(); at++) {
            char c = id.charAt(at);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= LONGEST_ID;
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
