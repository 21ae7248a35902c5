package dev.cachewarden.prune;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as somebody wrote it, not yet checked. A blank text is an absent one.
 *
 * @param types names of record types; empty: all but internal and frontend
 * @param filters such as {@code description~=npm ci}; all must pass
 * @param unusedFor such as {@code 14d} or {@code PT48H}
 * @param maxUsedSpace such as {@code 20GB}, {@code 15%} of the disk, or a number of bytes
 * @param minFreeSpace likewise
 * @param reservedSpace likewise
 * @param measure name of a {@link dev.cachewarden.prune.plan.rule.Measure}; absent: SELECTION
 * @param order name of an {@link dev.cachewarden.prune.plan.rule.EvictionOrder}; absent: LEAST_RECENTLY_USED
 */
public record RuleInput(
        List<String> types,
        List<String> filters,
        @Nullable String unusedFor,
        @Nullable String maxUsedSpace,
        @Nullable String minFreeSpace,
        @Nullable String reservedSpace,
        @Nullable String measure,
        @Nullable String order,
        boolean includeShared,
        boolean includeInternal) {

    /** A rule without any condition. */
    public static final RuleInput NONE = of(List.of(), null, null, null);

    public RuleInput {
        types = List.copyOf(types);
        filters = List.copyOf(filters);
    }

    /** A rule that says no more than that. */
    public static RuleInput of(
            List<String> types,
            @Nullable String unusedFor,
            @Nullable String maxUsedSpace,
            @Nullable String reservedSpace) {
        return new RuleInput(types, List.of(), unusedFor, maxUsedSpace, null, reservedSpace, null, null, false, false);
    }
}
