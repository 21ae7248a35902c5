package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.cache.SimulatedRecord;
import dev.cachewarden.simulator.state.ApiVersion;
import dev.cachewarden.simulator.state.EngineState;
import java.util.List;
import java.util.Map;

/** {@code GET /system/df}, in the shapes of all generations. There are never images, containers or volumes. */
final class DiskUsage {

    private static final String BUILD_CACHE = "build-cache";

    private static final List<String> OBJECTS = List.of("image", "container", "volume", BUILD_CACHE);
    private static final List<String> TRUE = List.of("1", "t", "T", "true", "TRUE", "True");
    private static final List<String> FALSE = List.of("0", "f", "F", "false", "FALSE", "False");

    private final EngineState engine;
    private final ApiVersion api;
    private final List<String> wanted;
    private final List<SimulatedRecord> records;

    private DiskUsage(EngineState engine, ApiVersion api, List<String> wanted) {
        this.engine = engine;
        this.api = api;
        this.wanted = wanted;
        this.records = engine.cache().records();
    }

    static Answer of(EngineState engine, ApiVersion api, Map<String, List<String>> query) {
        var types = query.get("type");
        var wanted = types == null || !api.atLeast(42) ? OBJECTS : types;
        for (String type : wanted) {
            if (!OBJECTS.contains(type)) {
                throw new RefusedException(400, "unknown object type: " + type);
            }
        }
        if (engine.generation().panicsOnOldApi() && !api.atLeast(44) && wanted.equals(List.of(BUILD_CACHE))) {
            return new Answer.Aborted();
        }
        var usage = new DiskUsage(engine, api, wanted);
        return engine.generation().containerdImageStore() ? usage.newShape(query) : usage.oldShape();
    }

    /** Up to Engine 28: every key is always there, null where it was not wanted. */
    private Answer oldShape() {
        String start = "{\"LayersSize\":0,\"Images\":" + list("image") + ",\"Containers\":" + list("container")
                + ",\"Volumes\":" + list("volume") + ",\"BuildCache\":";
        String end = builderSize() + "}\n";
        if (!wanted.contains(BUILD_CACHE)
                || (records.isEmpty() && engine.generation().oneParent())) {
            return new Answer.Streamed("application/json", new JsonBody(engine, api).text(start + "null" + end));
        }
        var body = new JsonBody(engine, api).text(start).records(records).text(end);
        return new Answer.Streamed("application/json", body);
    }

    /** From Engine 29 on: what was not wanted is left out, and so is every zero. */
    private Answer newShape(Map<String, List<String>> query) {
        boolean hasUsage = api.atLeast(52);
        var verbose = query.getOrDefault("verbose", List.of("")).getFirst();
        boolean legacy = !hasUsage || verbose.isEmpty();
        if (hasUsage && !verbose.isEmpty() && !TRUE.contains(verbose) && !FALSE.contains(verbose)) {
            throw new RefusedException(400, "invalid value for verbose: " + verbose);
        }
        var body = new JsonBody(engine, api).text("{");
        String comma = "";
        if (legacy) {
            comma = appendLegacy(body);
        }
        if (hasUsage) {
            appendUsages(body, comma, !FALSE.contains(verbose));
        }
        return new Answer.Streamed("application/json", body.text("}\n"));
    }

    private String appendLegacy(JsonBody body) {
        String comma = "";
        for (String type : others()) {
            body.text(comma + "\"" + capitalised(type) + "s\":[]");
            comma = ",";
        }
        if (wanted.contains(BUILD_CACHE)) {
            body.text(comma + "\"BuildCache\":").records(records);
            comma = ",";
        }
        return comma;
    }

    private void appendUsages(JsonBody body, String firstComma, boolean items) {
        String comma = firstComma;
        for (String type : others()) {
            body.text(comma + "\"" + capitalised(type) + "Usage\":{}");
            comma = ",";
        }
        if (wanted.contains(BUILD_CACHE)) {
            body.text(comma + "\"BuildCacheUsage\":{" + sums());
            if (items && !records.isEmpty()) {
                body.text(",\"Items\":").records(records);
            }
            body.text("}");
        }
    }

    private List<String> others() {
        return OBJECTS.stream()
                .filter(type -> !type.equals(BUILD_CACHE) && wanted.contains(type))
                .toList();
    }

    private static String capitalised(String type) {
        return Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }

    private String sums() {
        long active = 0;
        long total = 0;
        long reclaimable = 0;
        for (var record : records) {
            RecordView view = engine.cache().view(record);
            active += view.inUse() ? 1 : 0;
            total += view.size();
            reclaimable += view.inUse() || view.shared() ? 0 : view.size();
        }
        String sums = sum("ActiveCount", active)
                + sum("Reclaimable", reclaimable)
                + sum("TotalCount", records.size())
                + sum("TotalSize", total);
        return sums.isEmpty() ? "" : sums.substring(1);
    }

    private static String sum(String key, long value) {
        return value == 0 ? "" : ",\"" + key + "\":" + value;
    }

    private String builderSize() {
        if (api.atLeast(42)) {
            return "";
        }
        long size = records.stream()
                .mapToLong(record -> engine.cache().view(record).size())
                .sum();
        return size == 0 && !engine.generation().oneParent() ? "" : ",\"BuilderSize\":" + size;
    }

    private String list(String type) {
        return wanted.contains(type) ? "[]" : "null";
    }
}
