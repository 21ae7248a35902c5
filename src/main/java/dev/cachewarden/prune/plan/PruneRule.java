package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a prune: which records it looks at, and which of them are to go.
 *
 * <p>A limit counts what the rule looks at and nothing else ("cache mounts at most 5 GB"), in use or not; shared bytes never count,
 * since deleting them frees nothing. With an age and a limit both must call for a record to go. At least one condition is given;
 * "everything" is an {@code unusedFor} of zero.
 *
 * @param types the types it looks at; empty: all but internal and frontend records, which go only where a rule names them
 * @param unusedFor spares what was used, or never used but created, within this time; null: no such protection
 * @param maxUsedSpace least recently used records go until the selection is at or under this; null: no such limit
 * @param reservedSpace the rule stops before the selection would fall below this; alone it means: prune down to this. Null: no floor
 */
public record PruneRule(
        Set<RecordType> types,
        @Nullable Duration unusedFor,
        @Nullable ByteSize maxUsedSpace,
        @Nullable ByteSize reservedSpace) {

    /** Of unusedFor; no cache is older, and no arithmetic on times overflows. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    public PruneRule {
        types = Set.copyOf(types);
        if (unusedFor == null && maxUsedSpace == null && reservedSpace == null) {
            throw new IllegalArgumentException(
                    "A rule needs unusedFor, maxUsedSpace or reservedSpace; to take everything, say unusedFor 0s");
        }
        if (unusedFor != null && (unusedFor.isNegative() || unusedFor.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("unusedFor is from 0s to 100 years, not " + unusedFor);
        }
        if (maxUsedSpace != null && reservedSpace != null && reservedSpace.compareTo(maxUsedSpace) > 0) {
            throw new IllegalArgumentException(
                    "reservedSpace (" + reservedSpace + ") is more than maxUsedSpace (" + maxUsedSpace + ")");
        }
    }

    /** Everything not used within a time. */
    public static PruneRule unusedFor(Duration time) {
        return new PruneRule(Set.of(), time, null, null);
    }

    /** The least recently used until no more than this is left. */
    public static PruneRule maxUsedSpace(ByteSize size) {
        return new PruneRule(Set.of(), null, size, null);
    }

    /** The least recently used, stopping before less than this is left. */
    public static PruneRule reservedSpace(ByteSize size) {
        return new PruneRule(Set.of(), null, null, size);
    }

    /** The same rule for these types only. */
    public PruneRule ofTypes(RecordType... only) {
        return new PruneRule(Set.copyOf(List.of(only)), unusedFor, maxUsedSpace, reservedSpace);
    }

    /** The same rule with an age. */
    public PruneRule andUnusedFor(Duration time) {
        return new PruneRule(types, time, maxUsedSpace, reservedSpace);
    }

    /** The same rule with a floor. */
    public PruneRule andReservedSpace(ByteSize size) {
        return new PruneRule(types, unusedFor, maxUsedSpace, size);
    }

    /** Whether the rule looks at the record at all; says nothing about whether it is to go. */
    public boolean looksAt(CacheRecord record) {
        return types.isEmpty() ? !record.type().prunedOnlyOnRequest() : types.contains(record.type());
    }
}
