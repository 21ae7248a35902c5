package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.state.ApiVersion;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.EventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /events}: the prunes an engine remembers. Without an end in the past the stream stays open, and then tells no more. */
final class Events {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Events() {}

    static Answer of(EngineState engine, ApiVersion api, Map<String, List<String>> query) {
        var since = time(query, "since");
        var until = time(query, "until");
        if (since != null && until != null && until.isBefore(since)) {
            throw new RefusedException(
                    400,
                    "`since` time (" + text(query, "since") + ") cannot be after `until` time (" + text(query, "until")
                            + ")");
        }
        var text = new StringBuilder();
        if (wantsPrunes(query) && (since != null || until != null)) {
            engine.events().prunes().stream()
                    .filter(prune -> since == null || !prune.at().isBefore(since))
                    .filter(prune -> until == null || !prune.at().isAfter(until))
                    .forEach(prune -> append(text, prune));
        }
        String contentType = api.atLeast(52) ? "application/jsonl" : "application/json";
        boolean past = until != null && until.isBefore(engine.clock().instant());
        String body = text.toString();
        return past ? new Answer.Whole(200, contentType, body, Map.of()) : new Answer.Open(contentType, body);
    }

    private static void append(StringBuilder json, EventLog.Prune prune) {
        var at = prune.at();
        json.append(
                        "{\"Type\":\"builder\",\"Action\":\"prune\",\"Actor\":{\"ID\":\"\",\"Attributes\":{\"reclaimed\":\"")
                .append(prune.reclaimed())
                .append("\"}},\"scope\":\"local\",\"time\":")
                .append(at.getEpochSecond())
                .append(",\"timeNano\":")
                .append(at.getEpochSecond() * 1_000_000_000L + at.getNano())
                .append("}\n");
    }

    private static @Nullable Instant time(Map<String, List<String>> query, String name) {
        String text = text(query, name);
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = text.split("\\.", 2);
        try {
            long nanos = parts.length == 1 ? 0 : Long.parseLong((parts[1] + "000000000").substring(0, 9));
            return Instant.ofEpochSecond(Long.parseLong(parts[0]), nanos);
        } catch (NumberFormatException e) {
            throw new RefusedException(500, "strconv.ParseInt: parsing " + Json.quoted(text) + ": invalid syntax");
        }
    }

    private static String text(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of("")).getFirst();
    }

    private static boolean wantsPrunes(Map<String, List<String>> query) {
        String filters = text(query, "filters");
        if (filters.isEmpty()) {
            return true;
        }
        try {
            JsonNode root = JSON.readTree(filters);
            return accepts(root.get("type"), "builder") && accepts(root.get("event"), "prune");
        } catch (JacksonException e) {
            throw new RefusedException(400, "invalid filter");
        }
    }

    private static boolean accepts(@Nullable JsonNode values, String value) {
        if (values == null || values.isEmpty()) {
            return true;
        }
        var all = new ArrayList<String>();
        if (values.isObject()) {
            all.addAll(values.propertyNames());
        } else {
            values.forEach(it -> all.add(it.stringValue()));
        }
        return all.contains(value);
    }
}
