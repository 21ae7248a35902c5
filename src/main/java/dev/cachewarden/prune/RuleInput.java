package dev.cachewarden.prune;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as somebody wrote it, not yet checked. A blank text is an absent one.
 *
 * @param types names of record types; empty: all but internal and frontend
 * @param unusedFor such as {@code 14d} or {@code PT48H}
 * @param maxUsedSpace such as {@code 20GB} or a number of bytes
 * @param reservedSpace likewise
 */
public record RuleInput(
        List<String> types,
        @Nullable String unusedFor,
        @Nullable String maxUsedSpace,
        @Nullable String reservedSpace) {
    public RuleInput {
        types = List.copyOf(types);
    }
}
