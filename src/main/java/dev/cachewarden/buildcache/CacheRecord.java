package dev.cachewarden.buildcache;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of a builder's cache, as reported by the builder in one reading.
 *
 * @param id the builder's own ID, unique within the builder
 * @param type kind of its content in BuildKit
 * @param parents IDs of the records it is based on, empty for a root; a parent cannot be pruned before its children
 * @param description text of the builder, usually the step that created it; may be empty. The text for the same step depends on the
 *     BuildKit version
 * @param inUse true if a running build uses it or one of its children; then it cannot be pruned
 * @param shared true if something else, such as an image, also uses its data; then pruning it frees no space
 * @param mutable true if it is still writable (sources, cache mounts, unfinished steps), or null if the transport does not report it
 * @param size size of its own data without its parents; zero while a build writes to it
 * @param createdAt creation time, or null if missing or impossible for any builder
 * @param lastUsedAt end of the last use, or null if never used
 * @param usageCount number of completed uses
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

    /** Returns the same record with these texts. */
    public CacheRecord withTexts(String otherId, RecordType otherType, List<String> otherParents, String otherText) {
        return new CacheRecord(
                otherId,
                otherType,
                otherParents,
                otherText,
                inUse,
                shared,
                mutable,
                size,
                createdAt,
                lastUsedAt,
                usageCount);
    }

    /** Returns the same record with this size, creation, and use. */
    public CacheRecord withFigures(
            boolean used, ByteSize bytes, @Nullable Instant created, @Nullable Instant lastUsed, long uses) {
        return new CacheRecord(id, type, parents, description, used, shared, mutable, bytes, created, lastUsed, uses);
    }

    /**
     * Returns true if an ID has the form of BuildKit's IDs: 1 to 128 lowercase letters and digits. Only a record with such an ID can be
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
     * Returns true if a prune would free its bytes: it is not in use and not shared. This is the engine's definition
     * ({@code docker system df}). {@code docker buildx du} counts every record that is not in use as reclaimable.
     */
    public boolean reclaimable() {
        return !inUse && !shared;
    }

    /** Returns the time of its last use, or its creation time if it was never used; null if both are unknown. */
    public @Nullable Instant lastTouchedAt() {
        return lastUsedAt != null ? lastUsedAt : createdAt;
    }
}
