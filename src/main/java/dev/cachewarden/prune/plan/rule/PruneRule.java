package dev.cachewarden.prune.plan.rule;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a prune: which records it looks at, and which of them are to go.
 *
 * <p>With an age and a limit both must call for a record to go. At least one condition is given; "everything" is an {@code unusedFor}
 * of zero.
 *
 * @param unusedFor spares what was used, or never used but created, within this time; null: no such protection
 */
public record PruneRule(
        Selection selection, @Nullable Duration unusedFor, Limits limits, Measure measure, EvictionOrder order) {

    /** Of unusedFor; no cache is older, and no arithmetic on times overflows. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    public PruneRule {
        if (unusedFor == null && limits.none()) {
            throw new IllegalArgumentException(
                    "A rule needs unusedFor, maxUsedSpace, minFreeSpace or reservedSpace; to take everything, say unusedFor 0s");
        }
        if (unusedFor != null && (unusedFor.isNegative() || unusedFor.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("unusedFor is from 0s to 100 years, not " + unusedFor);
        }
    }

    /** Everything not used within a time. */
    public static PruneRule unusedFor(Duration time) {
        return new PruneRule(Selection.USUAL, time, Limits.NONE, Measure.SELECTION, EvictionOrder.LEAST_RECENTLY_USED);
    }

    /** The least recently used until no more than this is left. */
    public static PruneRule maxUsedSpace(ByteSize size) {
        return limited(new Limits(Space.of(size), null, null));
    }

    /** The least recently used, stopping before less than this is left. */
    public static PruneRule reservedSpace(ByteSize size) {
        return limited(new Limits(null, null, Space.of(size)));
    }

    /** The least recently used, until the limits hold. */
    public static PruneRule limited(Limits limits) {
        return new PruneRule(Selection.USUAL, null, limits, Measure.SELECTION, EvictionOrder.LEAST_RECENTLY_USED);
    }

    public Set<RecordType> types() {
        return selection.types();
    }

    public @Nullable Space maxUsedSpace() {
        return limits.maxUsedSpace();
    }

    public @Nullable Space minFreeSpace() {
        return limits.minFreeSpace();
    }

    public @Nullable Space reservedSpace() {
        return limits.reservedSpace();
    }

    /** Whether it can be evaluated only where the disk is known. */
    public boolean needsDisk() {
        return minFreeSpace() != null
                || maxUsedSpace() instanceof Space.ShareOfDisk
                || reservedSpace() instanceof Space.ShareOfDisk;
    }

    /** Whether it asks how long records take to make again: only where not all have to go. */
    public boolean needsRebuildTimes() {
        return order == EvictionOrder.CHEAPEST_TO_REBUILD;
    }

    /** The same rule for these types only. */
    public PruneRule ofTypes(RecordType... only) {
        return selecting(Selection.ofTypes(only));
    }

    /** The same rule for other records. */
    public PruneRule selecting(Selection other) {
        return new PruneRule(other, unusedFor, limits, measure, order);
    }

    /** The same rule with an age. */
    public PruneRule andUnusedFor(Duration time) {
        return new PruneRule(selection, time, limits, measure, order);
    }

    /** The same rule with a floor. */
    public PruneRule andReservedSpace(ByteSize size) {
        return new PruneRule(
                selection,
                unusedFor,
                new Limits(limits.maxUsedSpace(), limits.minFreeSpace(), Space.of(size)),
                measure,
                order);
    }

    /** The same rule with its limits counted otherwise. */
    public PruneRule measuring(Measure what) {
        return new PruneRule(selection, unusedFor, limits, what, order);
    }

    /** The same rule in another order. */
    public PruneRule inOrder(EvictionOrder other) {
        return new PruneRule(selection, unusedFor, limits, measure, other);
    }
}
