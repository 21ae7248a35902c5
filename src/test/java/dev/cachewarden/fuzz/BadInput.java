package dev.cachewarden.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes up values that are wrong in many ways, the same for the same seed. */
final class BadInput {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "-1",
            "1",
            "2",
            "9223372036854775807",
            "99999999999999999999",
            "1e9",
            "NaN",
            "null",
            "true",
            "[]",
            "{}",
            "\0",
            "a\0b",
            "a".repeat(5_000),
            "\ud83d\ude00".repeat(200),
            "\ud800",
            "'",
            "\"",
            "\\",
            "%",
            "_",
            "*",
            "(",
            "[a",
            "a{1000000}",
            "(a+)+$",
            "../../etc/passwd",
            "<script>alert(1)</script>",
            "2026-13-45",
            "2026-02-30T25:00:00Z",
            "+300000-01-01T00:00:00Z",
            "-300000-01-01T00:00:00Z",
            "PT999999999999H",
            "-PT1H",
            "1TiB",
            "-5GiB",
            "1e400GiB",
            "101%",
            "-5%",
            "host:",
            "size:>",
            "size:>1",
            "unused:<-1d",
            "project:\"",
            "policy:1:1",
            "policy:x",
            "build:99999999999999999999",
            "dockerfile",
            "unix:///nowhere.sock",
            "tcp://[::1",
            "* * * * *",
            "60 24 32 13 8",
            "Europe/Nowhere");

    private static final List<String> NO_JSON =
            List.of("", "{", "[1", "null", "\"x\"", "[]", "1", "{\"a\":", "\ufeff{}");

    private final Random random;

    BadInput(long seed) {
        this.random = new Random(seed);
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    String text() {
        return any(TEXTS);
    }

    /** As part of an address; often that of something that is there. */
    String id() {
        String text = chance(0.5) ? "1" : text();
        return encoded(text.isEmpty() ? "x" : text);
    }

    /** About half of the parameters, with bad values; empty or with its question mark. */
    String query(Collection<String> names) {
        String query = names.stream()
                .filter(name -> chance(0.5))
                .map(name -> name + "=" + encoded(text()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Broken JSON, or an object of a schema with some members left out and others of another type. */
    String body(JsonNode schema, JsonNode schemas) {
        return chance(0.1) ? any(NO_JSON) : json(value(schema, schemas, 0));
    }

    private @Nullable Object value(JsonNode schema, JsonNode schemas, int depth) {
        if (chance(0.35)) {
            return anything();
        }
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString();
            return value(schemas.path(name.substring(name.lastIndexOf('/') + 1)), schemas, depth);
        }
        return switch (type(schema)) {
            case "object" -> depth > 5 ? Map.of() : object(schema, schemas, depth);
            case "array" ->
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> json(value(schema.path("items"), schemas, depth + 1)))
                        .collect(Collectors.collectingAndThen(Collectors.toList(), Raw::array));
            case "integer", "number" -> random.nextInt(-1, 50);
            case "boolean" -> random.nextBoolean();
            default -> text();
        };
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? type.path(0).asString("") : type.asString("");
    }

    private Map<String, @Nullable Object> object(JsonNode schema, JsonNode schemas, int depth) {
        var members = new HashMap<String, @Nullable Object>();
        for (var member : schema.path("properties").properties()) {
            if (chance(0.7)) {
                members.put(member.getKey(), value(member.getValue(), schemas, depth + 1));
            }
        }
        return members;
    }

    private @Nullable Object anything() {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> Map.of();
            case 2 -> Raw.array(List.of());
            case 3 -> Raw.array(List.of("null"));
            case 4 -> -1;
            case 5 -> new Raw("1e40");
            case 6 -> true;
            default -> text();
        };
    }

    /** JSON as it stands. */
    private record Raw(String json) {
        static Raw array(List<String> items) {
            return new Raw("[" + String.join(",", items) + "]");
        }
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Raw raw -> raw.json();
            case String text -> quoted(text);
            case Map<?, ?> members ->
                members.entrySet().stream()
                        .map(member -> quoted(String.valueOf(member.getKey())) + ":" + json(member.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            json.append(
                    c < ' ' || c == '"' || c == '\\' || c > '~'
                            ? String.format("\\u%04x", (int) c)
                            : String.valueOf(c));
        }
        return json.append('"').toString();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
