package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.cache.PruneOptions;
import dev.cachewarden.simulator.state.ApiVersion;
import dev.cachewarden.simulator.state.EngineState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The query of {@code POST /build/prune}, read as engines read it, with what they refuse and what they pass over in silence. */
final class PruneParameters {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "failed to prune build cache: ";
    private static final List<String> UNDERSTOOD =
            List.of("id", "parent", "type", "description", "inuse", "shared", "private");
    private static final List<String> PASSED_OVER = List.of("label", "label!");
    private static final List<String> FALSE = List.of("", "0", "no", "false", "none");

    private final EngineState engine;
    private final ApiVersion api;
    private final Map<String, List<String>> query;

    PruneParameters(EngineState engine, ApiVersion api, Map<String, List<String>> query) {
        this.engine = engine;
        this.api = api;
        this.query = query;
    }

    PruneOptions options() {
        var filters = filters();
        var keep = keepDuration(filters);
        return new PruneOptions(
                List.of(filter(filters)),
                !FALSE.contains(parameter("all")),
                keep,
                reservedSpace(),
                api.atLeast(48) ? bytes("max-used-space") : 0,
                api.atLeast(48) ? bytes("min-free-space") : 0);
    }

    /** Which parameter is read depends on the version asked for; the others are passed over in silence. */
    private long reservedSpace() {
        long reserved = api.atLeast(48) ? bytes("reserved-space") : 0;
        return reserved == 0 ? bytes("keep-storage") : reserved;
    }

    private long bytes(String name) {
        String text = parameter(name);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new RefusedException(
                    refusal(),
                    name + " is in bytes and expects an integer, got " + text + ": strconv.Atoi: parsing \"" + text
                            + "\": invalid syntax");
        }
    }

    private Map<String, List<String>> filters() {
        String text = parameter("filters");
        var filters = new LinkedHashMap<String, List<String>>();
        if (text.isEmpty()) {
            return filters;
        }
        try {
            JsonNode root = JSON.readTree(text);
            // Either way of writing is read, both at once are not.
            if (!root.isObject()
                    || root.valueStream().map(JsonNode::isObject).distinct().count() > 1) {
                throw unreadable();
            }
            for (var entry : root.properties()) {
                filters.put(entry.getKey(), values(entry.getValue()));
            }
        } catch (JacksonException e) {
            throw unreadable();
        }
        return filters;
    }

    /** A list of values, or the keys of an object, in the older way of writing. */
    private List<String> values(JsonNode node) {
        var values = new ArrayList<String>();
        if (node.isObject()) {
            values.addAll(node.propertyNames());
        } else {
            node.forEach(value -> {
                if (!value.isString()) {
                    throw unreadable();
                }
                values.add(value.stringValue());
            });
        }
        return values;
    }

    private Duration keepDuration(Map<String, List<String>> filters) {
        var until = filters.remove("until");
        var unusedFor = filters.remove("unused-for");
        if (until != null && unusedFor != null) {
            throw refused(400, "conflicting filters: \"until\" and \"unused-for\"");
        }
        var given = until != null ? until : unusedFor;
        if (given == null || given.isEmpty()) {
            return Duration.ZERO;
        }
        if (given.size() > 1) {
            throw refused(400, "filters expect only one value");
        }
        var duration = GoDuration.parse(given.getFirst());
        if (duration == null && engine.generation().untilTakesTimestamps()) {
            var timestamp = timestamp(given.getFirst());
            duration = timestamp == null
                    ? null
                    : Duration.between(timestamp, engine.clock().instant());
        }
        if (duration == null) {
            throw notADuration(until != null ? "until" : "unused-for", given.getFirst());
        }
        return duration;
    }

    private RefusedException notADuration(String key, String value) {
        String start = "\"" + key + "\" filter expects a duration (e.g., '24h')";
        return engine.generation().untilTakesTimestamps()
                ? refused(
                        400,
                        start + " or a timestamp: failed to parse value as time or duration: " + Json.quoted(value))
                : refused(500, start + ": time: invalid duration " + Json.quoted(value));
    }

    private static @Nullable Instant timestamp(String text) {
        if (text.matches("\\d+(\\.\\d+)?")) {
            return Instant.ofEpochSecond((long) Double.parseDouble(text));
        }
        try {
            return text.length() == "2006-01-02".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** One filter of BuildKit's, in which the id is a regular expression and no value is quoted. */
    private String filter(Map<String, List<String>> filters) {
        var conditions = new ArrayList<String>();
        filters.forEach((key, values) -> {
            if (PASSED_OVER.contains(key)) {
                return;
            }
            if (!UNDERSTOOD.contains(key)) {
                throw refused(400, (engine.generation().oneParent() ? "Invalid" : "invalid") + " filter '" + key + "'");
            }
            if (values.size() > 1) {
                throw refused(400, "filters expect only one value");
            }
            conditions.add(values.isEmpty() ? key : key + (key.equals("id") ? "~=" : "==") + values.getFirst());
        });
        return String.join(",", conditions);
    }

    private RefusedException unreadable() {
        return engine.generation().oneParent()
                ? new RefusedException(500, "could not parse filters: invalid character")
                : new RefusedException(400, "invalid filter");
    }

    private static RefusedException refused(int status, String message) {
        return new RefusedException(status, PREFIX + message);
    }

    private int refusal() {
        return engine.generation().oneParent() ? 500 : 400;
    }

    private String parameter(String name) {
        return query.getOrDefault(name, List.of("")).getFirst();
    }
}
