package dev.cachewarden.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Makes requests for each operation of an OpenAPI document, wrong in one place or in several; the same for the same seed. */
final class BadRequests {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    private static final List<String> QUERIES = List.of(
            "x=%ff",
            "x=%",
            "=1",
            "%0a=1",
            "a%00=1",
            "x=%00",
            "&&&",
            "%",
            "%c3%28=1",
            "limit=%2",
            "limit",
            "limit=1&limit=2",
            "q=%ED%A0%80",
            "x[]=1",
            "q=%22",
            "after=%ff",
            "x=\u0080",
            "x={}",
            "x=|",
            "%F0%9F%98%80=1",
            "?",
            "q=a+b%20c");

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/json",
            "*/*",
            "application/*",
            "*",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/mixed",
            "text/plain; charset=nonsense",
            "nonsense",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "application/json;;;=",
            "application/yaml",
            "text/plain",
            "application/xml",
            "application/octet-stream",
            ";",
            "\u0080\u0081");

    private static final List<String> HEADERS = List.of(
            "Accept: nonsense",
            "Accept: */*;q=x",
            "Accept: text/csv",
            "Accept: text/html",
            "Accept: ;;;",
            "Accept: text/plain",
            "Accept-Language: %%%",
            "Accept-Encoding: gzip;q=2",
            "If-None-Match: \"",
            "If-Modified-Since: never",
            "Range: bytes=-1-",
            "Idempotency-Key: \u0080\u009f",
            "Idempotency-Key: #",
            "Cookie: CACHEWARDEN_SESSION=\u0085; =;x",
            "X-Cachewarden-Branch: feature/\u00c3\u0084",
            "X-Cachewarden-Branch: \u00e6\u0097\u00a5\u00e6\u009c\u00ac",
            "X-Cachewarden-Label: %00%ff%",
            "X-Cachewarden-Started-At: 2026-13-45",
            "X-Cachewarden-Duration: NaN",
            "X-Cachewarden-Host: \u0080",
            "X-Forwarded-For: x",
            "X-Forwarded-Proto: gopher",
            "Forwarded: for=\u0090",
            "X-HTTP-Method-Override: DELETE",
            "HX-Request: true",
            "Content-Encoding: br",
            "Expect: nothing",
            "Origin: null");

    private static final List<byte[]> BODIES = List.of(
            latin(""),
            latin("null"),
            latin("[null]"),
            latin("{\"\\u0000\":1}"),
            latin("{\"name\":\"a\\u0000b\"}"),
            latin("{\"name\":\"\\ud800\"}"),
            latin("{\"name\":\"\u00ff\u00fe\"}"),
            latin("\u00ff\u00fe\u0000{"),
            latin("[".repeat(2_000)),
            latin("{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)),
            latin("{\"rules\":[" + "null,".repeat(5_000) + "null]}"),
            latin("{\"rules\":[null],\"pins\":[null],\"scopes\":[null],\"labels\":[null]}"),
            latin("{\"pins\":[[],{},1,true,\"description~=((a{1000}){1000}){1000}\"]}"),
            latin("{\"name\":\"" + "x".repeat(150_000) + "\"}"),
            latin("{\"name\":\"" + "x".repeat(300_000) + "\"}"),
            latin("{\"priority\":1" + "0".repeat(500) + "}"),
            latin("{\"version\":1e999999999}"),
            latin("{\"name\":\"a\",\"name\":\"b\"}"),
            latin("a=%ff&b=%&=1"),
            latin("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--"),
            latin("\u001f\u008b\u0008broken"));

    private final Random random;
    private final BadInput input;

    BadRequests(long seed) {
        random = new Random(seed);
        input = new BadInput(seed);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    RawRequest next(String method, String path, JsonNode operation, JsonNode schemas) {
        var headers = new ArrayList<String>();
        byte[] body = new byte[0];
        if (!method.equals("get") || input.chance(0.05)) {
            headers.add("Content-Type: " + (input.chance(0.6) ? "application/json" : any(TYPES)));
            body = body(operation, schemas);
        }
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            headers.add(any(HEADERS));
        }
        return new RawRequest(method.toUpperCase(Locale.ROOT), target(path, operation), headers, body);
    }

    private String target(String path, JsonNode operation) {
        var names = new ArrayList<String>();
        operation
                .path("parameters")
                .forEach(parameter -> names.add(parameter.path("name").asString()));
        String filled = VARIABLE.matcher(path).replaceAll(variable -> id());
        String query = input.query(names);
        if (input.chance(0.3)) {
            query += (query.isEmpty() ? "?" : "&") + any(QUERIES);
        }
        return filled + query;
    }

    private String id() {
        return input.chance(0.8)
                ? input.id().replace("\\", "%5C").replace("$", "%24")
                : any(List.of("%ff", "%00", "%", "%0a", "..;", "%2e%2e", "1;x=1", "\u0080", "%F0%9F"));
    }

    private byte[] body(JsonNode operation, JsonNode schemas) {
        if (input.chance(0.25)) {
            return any(BODIES);
        }
        var schema = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        String text = schema.isMissingNode() ? input.text() : input.body(schema, schemas);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
