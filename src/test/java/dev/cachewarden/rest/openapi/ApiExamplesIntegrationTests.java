package dev.cachewarden.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Scope;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.testing.ServiceStage;
import dev.cachewarden.testing.WebClient;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document has an example for each value, and the service accepts the examples of requests and produces those of responses. */
class ApiExamplesIntegrationTests extends ServiceStage {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Requests with a body, in an order in which each finds what it changes. Plans and runs come before a host that could exist. */
    private static final List<String> REQUESTS = List.of(
            "createPlan",
            "createRun",
            "createPolicy",
            "previewPolicy",
            "updatePolicy",
            "saveDraft",
            "createPin",
            "createToken",
            "createUser",
            "updateUser",
            "saveStepRules",
            "updateAlertRule",
            "createSilence",
            "updateQuietHours",
            "createChannel",
            "updateChannel",
            "testNewChannel",
            "testHost",
            "createHost",
            "updateHost");

    @Autowired
    private ApiTypes types;

    @Autowired
    private JsonMapper json;

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final EngineNetwork network = new EngineNetwork();
    private WebClient client = new WebClient(1);
    private JsonNode document = NODES.nullNode();

    private record Call(String method, String path, JsonNode operation) {}

    @BeforeEach
    void readDocument() {
        database.clear();
        var token = tokens.issue("examples", Set.of(Scope.values()), null, database.tokenOwner());
        client = new WebClient(port).with("Authorization", "Bearer " + token.secret());
        document = json.readTree(client.get("/v3/api-docs").body());
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> calls.put(
                        operation.path("operationId").asString(),
                        new Call(method.toUpperCase(Locale.ROOT), path, operation))));
        database.jdbc().update("""
                with added as (
                    insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since)
                    values ('builder-1', 'DOCKER_ENGINE', 'unix:///nowhere', 60, now(), now()) returning id)
                insert into builder (host_id, name, driver, created_at) select id, 'default', 'docker', now() from added""");
    }

    @AfterEach
    void closeNetwork() {
        network.close();
    }

    @Test
    void everyValueHasAnExample() {
        document.at("/components/schemas")
                .forEachEntry((name, schema) -> schema.path("properties")
                        .forEachEntry((property, value) -> requireExample(name + "." + property, value)));
        calls.forEach((id, call) -> call.operation()
                .path("parameters")
                .forEach(parameter ->
                        requireExample(id + "." + parameter.path("name").asString(), parameter.path("schema"))));

        assertThat(problems).isEmpty();
    }

    @Test
    void everyExampleOfAResponseIsReadAsItsRecord() {
        var reader = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        int read = 0;
        for (var name : document.at("/components/schemas").propertyNames()) {
            var type = types.of(name).filter(Class::isRecord);
            if (type.isPresent()) {
                var example = example(document.at("/components/schemas/" + name), List.of());
                try {
                    assertThat((Object) reader.treeToValue(example, type.get())).isNotNull();
                    read++;
                } catch (JacksonException e) {
                    problems.add(name + ": " + example + ": " + e.getOriginalMessage());
                }
            }
        }

        assertThat(problems).isEmpty();
        assertThat(read).isGreaterThan(100);
    }

    @Test
    void everyExampleOfARequestIsAccepted() {
        assertThat(REQUESTS)
                .containsExactlyInAnyOrderElementsOf(calls.entrySet().stream()
                        .filter(call -> !body(call.getValue()).isMissingNode())
                        .map(Map.Entry::getKey)
                        .toList());
        try (var engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 4, InstantSource.system())) {
            REQUESTS.forEach(id -> send(id, engine.address().text()));
        }

        assertThat(problems).isEmpty();
    }

    private void send(String id, String address) {
        var call = Objects.requireNonNull(calls.get(id));
        var example = example(body(call), List.of());
        if (example.has("address")) {
            assertThat(HostAddress.parse(example.path("address").asString(), null))
                    .isNotNull();
            // The service connects to each host, so the example needs an engine that exists in this test.
            example = ((ObjectNode) example.deepCopy()).put("name", id).put("address", address);
        }
        check(id + " " + example, call, client.json(call.method(), path(call), example.toString()));
    }

    @Test
    void everyExampleOfAParameterIsAccepted() {
        calls.forEach((id, call) -> {
            if (call.method().equals("GET") && !id.equals("streamRunEvents")) {
                call.operation().path("parameters").forEach(parameter -> {
                    String name = parameter.path("name").asString();
                    // A cursor belongs to one list.
                    if (parameter.path("in").asString().equals("query") && !name.equals("after")) {
                        String path = path(call);
                        String address = parameter.path("required").asBoolean()
                                ? path
                                : path + (path.contains("?") ? "&" : "?") + query(parameter);
                        check(id + " " + address, call, client.get(address));
                    }
                });
            }
        });

        assertThat(problems).isEmpty();
    }

    private void check(String what, Call call, HttpResponse<String> response) {
        String status = Integer.toString(response.statusCode());
        if (status.equals("400") || !call.operation().path("responses").has(status)) {
            problems.add(what + ": " + status + " " + response.body());
        }
    }

    private static JsonNode body(Call call) {
        return call.operation().at("/requestBody/content/application~1json/schema");
    }

    /** Returns the path with examples of its variables and of the required parameters. */
    private String path(Call call) {
        String path = call.path();
        var query = new ArrayList<String>();
        for (var parameter : call.operation().path("parameters")) {
            String name = parameter.path("name").asString();
            if (parameter.path("in").asString().equals("path")) {
                boolean number = parameter.at("/schema/type").asString("").equals("integer");
                path = path.replace("{" + name + "}", number ? "1" : encoded(text(parameter)));
            } else if (parameter.path("required").asBoolean()) {
                query.add(query(parameter));
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private String query(JsonNode parameter) {
        return parameter.path("name").asString() + "=" + encoded(text(parameter));
    }

    private String text(JsonNode parameter) {
        var example = example(parameter.path("schema"), List.of());
        return example.isArray() ? example.path(0).asString() : example.asString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void requireExample(String place, JsonNode schema) {
        boolean referenced = schema.has("$ref") || schema.has("anyOf");
        boolean named = schema.has("enum") || schema.path("type").toString().contains("boolean");
        boolean nested = schema.path("items").has("$ref")
                || schema.path("additionalProperties").has("$ref");
        if (!referenced && !named && !nested && !schema.has("example") && !schema.has("examples")) {
            problems.add(place + ": no example");
        }
    }

    /** Returns the example of a schema, composed from the examples of its parts. */
    private JsonNode example(JsonNode schema, List<String> outer) {
        if (schema.has("example")) {
            return schema.path("example");
        }
        if (schema.has("examples")) {
            return schema.at("/examples/0");
        }
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asString().substring(1);
            var inner = new ArrayList<>(outer);
            inner.add(reference);
            return outer.contains(reference) ? NODES.nullNode() : example(document.at(reference), inner);
        }
        if (schema.has("anyOf")) {
            return example(schema.at("/anyOf/0"), outer);
        }
        if (schema.has("enum")) {
            return schema.at("/enum/0");
        }
        if (schema.has("items")) {
            return NODES.arrayNode().add(example(schema.path("items"), outer));
        }
        if (schema.path("type").toString().contains("boolean")) {
            return NODES.booleanNode(true);
        }
        var object = NODES.objectNode();
        schema.path("properties").forEachEntry((name, property) -> object.set(name, example(property, outer)));
        return object;
    }
}
