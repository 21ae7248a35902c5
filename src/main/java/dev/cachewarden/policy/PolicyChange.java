package dev.cachewarden.policy;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.PolicyView.Content;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A difference between two versions, as text.
 *
 * @param what the name of the field on pages
 * @param before the previous value as text, or empty if there was none
 * @param after the new value, in the same form
 */
public record PolicyChange(String what, String before, String after) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The names of fields on pages. A field without a name here has its path in the document. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("name", "Name"),
            Map.entry("mode", "Mode"),
            Map.entry("enabled", "Enabled"),
            Map.entry("scope", "Scope"),
            Map.entry("priority", "Priority"),
            Map.entry("pins", "Pins"),
            Map.entry("cron", "Schedule"),
            Map.entry("timeZone", "Time zone"),
            Map.entry("watermark", "Watermark"),
            Map.entry("afterBuilds", "After builds"),
            Map.entry("window", "Maintenance window"),
            Map.entry("limitPerRun", "Limit per run"),
            Map.entry("approveAbove", "Approval threshold"),
            Map.entry("guards.waitForBuilds", "Wait for builds"),
            Map.entry("guards.stopAfterFailures", "Stop after failures"),
            Map.entry("guards.batchSize", "Batch size"),
            Map.entry("guards.pauseBetweenBatches", "Pause between batches"));

    /** The text for an absent value. */
    private static final Map<String, String> ABSENT =
            Map.of("scope", "all hosts", "cron", "none", "watermark", "none", "window", "any time");

    /** A value of a document, to compare, and its text. */
    private record Value(JsonNode json, String text) {}

    /**
     * Returns all differences, in the order of the document. It compares values and not texts, because two different sizes can have the
     * same text.
     *
     * @param ruleWords formats a rule as text
     */
    public static List<PolicyChange> between(Content before, Content after, Function<PruneRule, String> ruleWords) {
        var was = values(before, ruleWords);
        var is = values(after, ruleWords);
        var names = new LinkedHashSet<>(was.keySet());
        names.addAll(is.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(json(was.get(name)), json(is.get(name))))
                .map(name -> new PolicyChange(name, text(was.get(name)), text(is.get(name))))
                .toList();
    }

    private static @Nullable JsonNode json(@Nullable Value value) {
        return value == null ? null : value.json();
    }

    private static String text(@Nullable Value value) {
        return value == null ? "" : value.text();
    }

    private static Map<String, Value> values(Content policy, Function<PruneRule, String> ruleWords) {
        var values = new LinkedHashMap<String, Value>();
        add("", JSON.valueToTree(PolicyDocument.of(policy)), policy, ruleWords, values);
        return values;
    }

    private static void add(
            String path,
            JsonNode json,
            Content policy,
            Function<PruneRule, String> ruleWords,
            Map<String, Value> values) {
        if (path.equals("rules")) {
            for (int i = 0; i < json.size(); i++) {
                String words = ruleWords.apply(policy.rules().get(i));
                values.put("Rule " + (i + 1), new Value(json.get(i), words));
            }
        } else if (json instanceof ObjectNode fields && !NAMES.containsKey(path)) {
            String prefix = path.isEmpty() ? "" : path + ".";
            fields.properties()
                    .forEach(field -> add(prefix + field.getKey(), field.getValue(), policy, ruleWords, values));
        } else {
            String text = text(path, json, policy);
            String absent = path.startsWith("guards.") ? "as in the server settings" : ABSENT.getOrDefault(path, "");
            values.put(NAMES.getOrDefault(path, path), new Value(json, text.isEmpty() ? absent : text));
        }
    }

    private static String text(String path, JsonNode json, Content policy) {
        return switch (path) {
            case "watermark" -> Objects.toString(policy.triggers().watermark(), "");
            case "limitPerRun" -> policy.limitPerRun().toString();
            case "approveAbove" -> Objects.toString(policy.approveAbove(), "");
            case "guards.waitForBuilds" -> text(policy.guards().waitForBuilds());
            case "guards.pauseBetweenBatches" -> text(policy.guards().pauseBetweenBatches());
            default -> text(json);
        };
    }

    private static String text(@Nullable Duration duration) {
        return duration == null ? "" : Durations.text(duration);
    }

    private static String text(JsonNode json) {
        if (json.isNull()) {
            return "";
        }
        if (json.isBoolean()) {
            return json.booleanValue() ? "yes" : "no";
        }
        if (json.isArray()) {
            return json.values().stream().map(JsonNode::asString).collect(Collectors.joining("; "));
        }
        return json.asString();
    }
}
