package dev.cachewarden.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as entered by a user, not yet validated. Blank text counts as absent.
 *
 * @param types names of record types; if empty, all types except internal and frontend
 * @param filters such as {@code description~=npm ci}; a record must match all of them
 * @param unusedFor such as {@code 14d} or {@code PT48H}
 * @param maxUsedSpace such as {@code 20GB}, {@code 15%} of the disk, or a number of bytes
 * @param minFreeSpace in the same form as {@code maxUsedSpace}
 * @param reservedSpace in the same form as {@code maxUsedSpace}
 * @param measure the name of a {@link dev.cachewarden.planner.Measure}; SELECTION if absent
 * @param order the name of an {@link dev.cachewarden.planner.EvictionOrder}; LEAST_RECENTLY_USED if absent
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

    /** Returns a rule with only these conditions. */
    public static RuleInput of(
            List<String> types,
            @Nullable String unusedFor,
            @Nullable String maxUsedSpace,
            @Nullable String reservedSpace) {
        return new RuleInput(types, List.of(), unusedFor, maxUsedSpace, null, reservedSpace, null, null, false, false);
    }
}
