package dev.cachewarden.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All that a server may send instead of a JSON document: each field in turn with each odd value, and the whole in odd forms. */
final class OddJson {

    private static final JsonMapper JSON = new JsonMapper();

    /** By name, as JSON. */
    private static final Map<String, String> VALUES = values();

    private static Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        values.put("null", "null");
        values.put("true", "true");
        values.put("zero", "0");
        values.put("negative", "-1");
        values.put("largest", "9223372036854775807");
        values.put("too large", "9223372036854775808");
        values.put("fraction", "1.5e300");
        values.put("long number", "1" + "0".repeat(5_000));
        values.put("empty text", "\"\"");
        values.put("blank text", "\" \\n \"");
        values.put("NUL", "\"a\\u0000b\"");
        values.put("half a pair", "\"a\\ud83d\"");
        values.put("escapes", "\"\\u001b[2J\\u202e\\u0085\\r\\n\"");
        values.put("long text", '"' + "x".repeat(300_000) + '"');
        values.put("too long a text", '"' + "x".repeat(2 << 20) + '"');
        values.put("year 0", "\"0000-01-01T00:00:00Z\"");
        values.put("year 9999", "\"9999-12-31T23:59:59.999999999Z\"");
        values.put("no date", "\"2026-13-45T99:99:99Z\"");
        values.put("secret", "\"curl -u ops:hunter2hunter2 https://a:hunter2hunter2@b\"");
        values.put("object", "{\"a\":{\"b\":[]}}");
        values.put("list", "[1,\"a\",null,{}]");
        values.put("many", "[" + "\"a\",".repeat(50_000) + "\"b\"]");
        values.put("many and each another", many());
        values.put("deep", "[".repeat(3_000) + "]".repeat(3_000));
        values.put("itself", "[\"selfselfselfselfself12345\"]");
        return values;
    }

    private static String many() {
        var ids = new ArrayList<String>();
        for (int n = 0; n < 20_000; n++) {
            ids.add("\"p" + n + '"');
        }
        return "[" + String.join(",", ids) + "]";
    }

    private OddJson() {}

    /** Documents by what is odd about them. */
    static Map<String, Supplier<String>> of(String document) {
        var odd = new LinkedHashMap<String, Supplier<String>>();
        fields(JSON.readTree(document), "", odd, JSON.readTree(document));
        odd.put("empty", () -> "");
        odd.put("blank", () -> "   ");
        odd.put("a list", () -> "[" + document + "]");
        odd.put("twice", () -> document + document);
        odd.put("null alone", () -> "null");
        odd.put("markup", () -> "<html><body>hunter2hunter2</body></html>");
        odd.put("NUL bytes", () -> "\0".repeat(1_000));
        odd.put("with a mark", () -> "\uFEFF" + document);
        odd.put("not UTF-8", () -> "{\"ID\":\"\u00ff\u00fe\u00c0\"}");
        for (int tenth = 1; tenth < 10; tenth++) {
            int length = document.length() * tenth / 10;
            odd.put("cut after " + tenth + " tenths", () -> document.substring(0, length));
        }
        return odd;
    }

    private static void fields(JsonNode node, String path, Map<String, Supplier<String>> odd, JsonNode root) {
        switch (node) {
            case ObjectNode object -> {
                for (var name : List.copyOf(object.propertyNames())) {
                    var value = object.get(name);
                    String at = path + "/" + name;
                    object.remove(name);
                    String without = root.toString();
                    odd.put(at + " missing", () -> without);
                    object.put(name, "INSTEAD-OF-IT");
                    String with = root.toString();
                    for (var instead : VALUES.entrySet()) {
                        odd.put(
                                at + " " + instead.getKey(),
                                () -> with.replace("\"INSTEAD-OF-IT\"", instead.getValue()));
                    }
                    object.set(name, value);
                    fields(value, at, odd, root);
                }
            }
            case ArrayNode array -> {
                if (!array.isEmpty()) {
                    // The first stands for all of them.
                    fields(array.get(0), path + "/0", odd, root);
                    array.add(array.get(0));
                    String twice = root.toString();
                    odd.put(path + " with one twice", () -> twice);
                    array.remove(array.size() - 1);
                }
            }
            default -> {}
        }
    }
}
