package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import java.util.Comparator;
import java.util.List;

/**
 * The amounts of one record type, for a row of a table.
 *
 * @param series number of the type's color, from 1 to 6, which is the same on all pages
 */
public record TypeShare(
        RecordType type,
        int series,
        CacheUsage.Amount all,
        CacheUsage.Amount reclaimable,
        CacheUsage.Amount shared,
        CacheUsage.Amount inUse) {

    private static final List<RecordType> COLOURED = List.of(
            RecordType.REGULAR,
            RecordType.EXEC_CACHEMOUNT,
            RecordType.SOURCE_LOCAL,
            RecordType.SOURCE_GIT_CHECKOUT,
            RecordType.FRONTEND);

    /** Returns the amounts of all existing types, largest first. */
    public static List<TypeShare> of(CacheUsage usage) {
        return usage.byType().keySet().stream()
                .map(type -> new TypeShare(
                        type,
                        series(type),
                        usage.of(type),
                        some(usage, type, UsageState.RECLAIMABLE),
                        some(usage, type, UsageState.SHARED).plus(some(usage, type, UsageState.IN_USE_SHARED)),
                        some(usage, type, UsageState.IN_USE).plus(some(usage, type, UsageState.IN_USE_SHARED))))
                .sorted(Comparator.comparing((TypeShare share) -> share.all().size())
                        .reversed()
                        .thenComparing(TypeShare::type))
                .toList();
    }

    /** Returns the number of a type's color. Types without their own color share the last one. */
    public static int series(RecordType type) {
        int at = COLOURED.indexOf(type);
        return at < 0 ? 6 : at + 1;
    }

    private static CacheUsage.Amount some(CacheUsage usage, RecordType type, UsageState state) {
        var states = usage.byType().get(type);
        return states == null ? CacheUsage.Amount.NONE : states.getOrDefault(state, CacheUsage.Amount.NONE);
    }
}
