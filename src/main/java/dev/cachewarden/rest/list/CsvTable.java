package dev.cachewarden.rest.list;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A CSV table with a row for each record. Its columns are the fields of the JSON: {@code policy.name} for a nested record. A list of values
 * is one cell, separated by spaces. Everything else with fields is JSON in one cell.
 */
final class CsvTable<T> {

    private final List<List<String>> columns = new ArrayList<>();
    private final CsvWriter csv;
    private final JsonMapper json;

    CsvTable(Class<T> item, Appendable out, JsonMapper json) {
        this.json = json;
        collect(List.of(), item);
        csv = new CsvWriter(
                out, columns.stream().map(path -> String.join(".", path)).toArray(String[]::new));
    }

    private void collect(List<String> parent, Class<?> type) {
        for (var component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                collect(parent, component.getType());
                continue;
            }
            var path = new ArrayList<>(parent);
            path.add(component.getName());
            if (isNested(component)) {
                collect(path, component.getType());
            } else {
                columns.add(List.copyOf(path));
            }
        }
    }

    private static boolean isNested(RecordComponent component) {
        var type = component.getType();
        return type.isRecord() && type != Page.class && !type.equals(component.getDeclaringRecord());
    }

    void row(T item) {
        JsonNode tree = json.valueToTree(item);
        csv.row(columns.stream().map(path -> cell(at(tree, path))).toArray());
    }

    private static JsonNode at(JsonNode tree, List<String> path) {
        var node = tree;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    private static @Nullable Object cell(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isArray() && node.valueStream().allMatch(JsonNode::isValueNode)) {
            return node.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
        }
        return node.isValueNode() ? node.asString() : node.toString();
    }
}
