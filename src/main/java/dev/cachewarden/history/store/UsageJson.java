package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts sums by type and state to and from the column {@code by_type}: {@code {"regular":{"RECLAIMABLE":[records,bytes],…},…}}. */
final class UsageJson {

    private static final JsonMapper JSON = new JsonMapper();

    private UsageJson() {}

    static String write(CacheUsage usage) {
        var types = JSON.createObjectNode();
        usage.byType().forEach((type, states) -> {
            var amounts = types.putObject(type.name());
            states.forEach((state, amount) -> amounts.putArray(state.name())
                    .add(amount.records())
                    .add(amount.size().bytes()));
        });
        return types.toString();
    }

    static CacheUsage read(String json) {
        var types = new TreeMap<RecordType, Map<UsageState, Amount>>();
        JSON.readTree(json)
                .properties()
                .forEach(type -> types.put(new RecordType(type.getKey()), states(type.getValue())));
        return new CacheUsage(types);
    }

    private static Map<UsageState, Amount> states(JsonNode json) {
        var states = new EnumMap<UsageState, Amount>(UsageState.class);
        json.properties()
                .forEach(state -> states.put(
                        UsageState.valueOf(state.getKey()),
                        new Amount(
                                state.getValue().get(0).asLong(),
                                new ByteSize(state.getValue().get(1).asLong()))));
        return states;
    }
}
