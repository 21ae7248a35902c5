package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a prune. It defines which records it considers, and which of them to delete.
 *
 * <p>If a rule has an age and a limit, it deletes only records that exceed both. At least one condition is required. To select every
 * record, use an {@code unusedFor} of zero.
 *
 * @param unusedFor keeps records used within this time, or created within it if they were never used; null for no age
 */
public record PruneRule(
        Selection selection, @Nullable Duration unusedFor, Limits limits, Measure measure, EvictionOrder order) {

    /** The longest {@code unusedFor}. No cache is older, and calculations with times do not overflow. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    public PruneRule {
        if (unusedFor == null && limits.none()) {
            throw new IllegalArgumentException(
                    "A rule needs unusedFor or a limit. To delete all records, set unusedFor to 0s");
        }
        if (unusedFor != null && (unusedFor.isNegative() || unusedFor.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("unusedFor must be from 0s to 100 years, not " + unusedFor);
        }
    }

    /** Returns a rule for all records unused for this time. */
    public static PruneRule unusedFor(Duration time) {
        return new PruneRule(Selection.USUAL, time, Limits.NONE, Measure.SELECTION, EvictionOrder.LEAST_RECENTLY_USED);
    }

    /** Returns a rule that deletes the least recently used records until no more than this remains. */
    public static PruneRule atMost(ByteSize size) {
        return limited(Limits.atMost(Space.of(size)));
    }

    /** Returns a rule that deletes the least recently used records and stops before less than this remains. */
    public static PruneRule reservedSpace(ByteSize size) {
        return limited(Limits.NONE.reserving(Space.of(size)));
    }

    /** Returns a rule that deletes the least recently used records until the limits are met. */
    public static PruneRule limited(Limits limits) {
        return new PruneRule(Selection.USUAL, null, limits, Measure.SELECTION, EvictionOrder.LEAST_RECENTLY_USED);
    }

    public Set<RecordType> types() {
        return selection.types();
    }

    /** Returns whether the rule can be evaluated only if the disk is known. */
    public boolean needsDisk() {
        return limits.needDisk();
    }

    /** Returns whether the rule needs rebuild times. */
    public boolean needsRebuildTimes() {
        return order.needsRebuildTimes();
    }

    /** Returns the same rule for only these types. */
    public PruneRule ofTypes(RecordType... only) {
        return selecting(Selection.ofTypes(only));
    }

    /** Returns the same rule with another selection. */
    public PruneRule selecting(Selection other) {
        return new PruneRule(other, unusedFor, limits, measure, order);
    }

    /** Returns the same rule with an age. */
    public PruneRule andUnusedFor(Duration time) {
        return new PruneRule(selection, time, limits, measure, order);
    }

    /** Returns the same rule with a reserved space. */
    public PruneRule andReservedSpace(ByteSize size) {
        return new PruneRule(selection, unusedFor, limits.reserving(Space.of(size)), measure, order);
    }

    /** Returns the same rule with another measure. */
    public PruneRule measuring(Measure what) {
        return new PruneRule(selection, unusedFor, limits, what, order);
    }

    /** Returns the same rule with another order. */
    public PruneRule inOrder(EvictionOrder other) {
        return new PruneRule(selection, unusedFor, limits, measure, other);
    }
}
