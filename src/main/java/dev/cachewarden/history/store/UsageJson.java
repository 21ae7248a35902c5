package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.store.Columns;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;

/** Converts sums by type and state to and from the column {@code by_type}: {@code {"regular":{"RECLAIMABLE":[records,bytes],…},…}}. */
final class UsageJson {

    private static final TypeReference<Map<String, Map<String, long[]>>> SUMS = new TypeReference<>() {};

    private UsageJson() {}

    static String write(CacheUsage usage) {
        var types = new LinkedHashMap<String, Map<String, long[]>>();
        usage.byType().forEach((type, states) -> {
            var sums = types.computeIfAbsent(type.name(), name -> new LinkedHashMap<>());
            states.forEach((state, amount) -> sums.put(
                    state.name(), new long[] {amount.records(), amount.size().bytes()}));
        });
        return Columns.json(types);
    }

    static CacheUsage read(String json) {
        var types = new TreeMap<RecordType, Map<UsageState, Amount>>();
        Columns.fromJson(json, SUMS).forEach((type, sums) -> types.put(new RecordType(type), states(sums)));
        return new CacheUsage(types);
    }

    private static Map<UsageState, Amount> states(Map<String, long[]> sums) {
        var states = new EnumMap<UsageState, Amount>(UsageState.class);
        sums.forEach((state, sum) -> states.put(UsageState.valueOf(state), new Amount(sum[0], new ByteSize(sum[1]))));
        return states;
    }
}
