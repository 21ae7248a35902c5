package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.RecordQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums up the records that match a query without a text. */
final class FigureSums {

    private final RecordQuery query;
    private final @Nullable Instant untouchedSince;
    private final Map<RecordType, Map<UsageState, Amount>> sums = new TreeMap<>();

    /** @param now reference time of {@code unusedFor} */
    public FigureSums(RecordQuery query, Instant now) {
        this.query = query;
        var unusedFor = query.unusedFor();
        this.untouchedSince = unusedFor == null ? null : now.minus(unusedFor).truncatedTo(ChronoUnit.MICROS);
    }

    /** Adds the matching records of one builder. The caller has checked that its host matches. */
    public void add(RecordFigures figures) {
        var types = figures.types();
        long minBytes = query.minSize() == null ? 0 : query.minSize().bytes();
        var passing = figures.sums(minBytes, untouchedSince);
        for (int type = 0; type < types.size(); type++) {
            for (var state : UsageState.values()) {
                int kind = RecordFigures.kind(type, state);
                if (passing.records(kind) > 0 && passes(types.get(type), state)) {
                    add(types.get(type), state, passing.amount(kind));
                }
            }
        }
    }

    private boolean passes(RecordType type, UsageState state) {
        return (query.types().isEmpty() || query.types().contains(type))
                && (query.states().isEmpty() || query.states().contains(state));
    }

    private void add(RecordType type, UsageState state, Amount amount) {
        sums.computeIfAbsent(type, added -> new EnumMap<>(UsageState.class)).merge(state, amount, Amount::plus);
    }

    /** Adds sums that were computed elsewhere. */
    public void add(CacheUsage usage) {
        usage.byType().forEach((type, states) -> states.forEach((state, amount) -> add(type, state, amount)));
    }

    public CacheUsage usage() {
        return new CacheUsage(new TreeMap<>(sums));
    }
}
