package dev.cachewarden.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.simulator.cache.BuildSpec;
import dev.cachewarden.simulator.state.EngineGeneration;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Real and simulated engines of the same generation, asked the same. Nothing is asked here that could delete: every prune is refused
 * or names a record that cannot be.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("generations")
class SimulationIntegrationTests {

    private static final String NOTHING = "\"id\":[\"nonexistentzzz\"]";

    private final EngineNetwork network = new EngineNetwork();
    private final String name;
    private final EngineGeneration generation;

    SimulationIntegrationTests(String name, EngineGeneration generation) {
        this.name = name;
        this.generation = generation;
    }

    static Stream<Arguments> generations() {
        return Stream.of(
                Arguments.of("20.10", EngineGeneration.ENGINE_20_10),
                Arguments.of("26.1", EngineGeneration.ENGINE_26_1),
                Arguments.of("28.5", EngineGeneration.ENGINE_28_5));
    }

    /** Once for each engine, so that a missing one is told once. */
    @BeforeParameterizedClassInvocation
    static void find(String name) {
        RealEngines.connection(name);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1.99/system/df",
                "GET /v1.1/system/df",
                "GET /v1.41/nosuch",
                "GET /nosuch",
                "POST /v1.41/_ping",
                "GET /_ping",
                "HEAD /v1.41/system/df",
                "GET /v1.41/build/prune",
                "GET /v1.41/events?since=200&until=100",
                "GET /v1.41/events?since=xyz&until=100",
                "GET /v1.41/events?since=1&until=2",
                "POST /grpc",
                "GET /grpc"
            })
    void answersAreTheSame(String request) throws IOException {
        String[] parts = request.split(" ");
        compare(http -> http.ask(parts[0], parts[1]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + NOTHING + "}",
                "{\"id\":{\"nonexistentzzz\":true}}",
                "{\"id\":[\"nonexistentzzz\",\"nonexistentzzy\"]}",
                "{\"bogus\":[\"nonexistentzzz\"]}",
                "{\"mutable\":[]," + NOTHING + "}",
                "{" + NOTHING + ",\"until\":[\"x\"]}",
                "{" + NOTHING + ",\"until\":[\"24h\"],\"unused-for\":[\"24h\"]}",
                "{" + NOTHING + ",\"until\":[\"24h\"]}",
                "{" + NOTHING + ",\"until\":[\"2020-01-01T00:00:00Z\"]}",
                "{\"id\":[\"nonexistent(zzz\"]}",
                "{\"id\":[\"nonexistent zzz\"]}",
                "{\"id\":[\",nonexistentzzz\"]}",
                "{\"id\":[\"\\\"nonexistentzzz\"]}",
            })
    void prunesAreTakenOrRefusedTheSame(String filters) throws IOException {
        if (filters.contains("2020") && generation.equals(EngineGeneration.ENGINE_20_10)) {
            // Only the reason within the reason differs: how Go of that time words its own error.
            return;
        }
        compare(http -> http.prune("/v1.41", filters, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-storage", "max-used-space", "reserved-space", "min-free-space"})
    void limitsAreReadTheSame(String limit) throws IOException {
        compare(http -> http.prune("", "{" + NOTHING + "}", "&" + limit + "=10GB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_ping", "/version", "/v1.41/nosuch"})
    void headersAreTheSame(String path) throws IOException {
        compareHeaders(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1.41/system/df",
                "/system/df",
                "/system/df?type=build-cache",
                "/system/df?type=container",
                "/system/df?type=build-cache&type=volume",
                "/v1.41/system/df?type=container"
            })
    void readingsHaveTheSameShape(String path) throws IOException {
        try (var real = LoopbackRelay.plain(RealEngines.connection(name).address());
                var simulated = simulated()) {
            if (!on(real).get("/system/df").path("BuildCache").isEmpty()) {
                simulated.build(everyKind());
            }
            var realAnswer = on(real).get(path);
            var ours = new RawHttp(simulated.address()).get(path);
            assertThat(shape(ours)).isEqualTo(shape(realAnswer));
            if (realAnswer.path("BuildCache").isArray()
                    && !realAnswer.path("BuildCache").isEmpty()) {
                assertThat(recordKeys(ours)).containsAll(recordKeys(realAnswer));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/version", "/info"})
    void textsHaveNoKeyOfOurOwn(String path) throws IOException {
        try (var real = LoopbackRelay.plain(RealEngines.connection(name).address());
                var simulated = simulated()) {
            var ours = new RawHttp(simulated.address()).get(path);
            var theirs = on(real).get(path);
            assertThat(theirs.propertyNames()).containsAll(ours.propertyNames());
            for (String key : List.of("ApiVersion", "MinAPIVersion", "ServerVersion", "Version", "Driver", "OSType")) {
                assertThat(ours.path(key)).as(key).isEqualTo(theirs.path(key));
            }
        }
    }

    private interface Asking {
        HttpResponse<String> ask(RawHttp http);
    }

    private void compare(Asking asking) throws IOException {
        try (var real = LoopbackRelay.plain(RealEngines.connection(name).address());
                var simulated = simulated()) {
            var theirs = asking.ask(on(real));
            var ours = asking.ask(new RawHttp(simulated.address()));
            assertThat(ours.body()).isEqualTo(theirs.body());
            assertThat(ours.statusCode()).isEqualTo(theirs.statusCode());
            assertThat(ours.headers().firstValue("Content-Type"))
                    .isEqualTo(theirs.headers().firstValue("Content-Type"));
        }
    }

    private void compareHeaders(String path) throws IOException {
        try (var real = LoopbackRelay.plain(RealEngines.connection(name).address());
                var simulated = simulated()) {
            assertThat(headers(new RawHttp(simulated.address()).ask("GET", path)))
                    .isEqualTo(headers(on(real).ask("GET", path)));
        }
    }

    private static TreeMap<String, List<String>> headers(HttpResponse<String> answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        headers.remove("content-length");
        return headers;
    }

    private static RawHttp on(LoopbackRelay relay) {
        return new RawHttp(new HostAddress.Tcp("127.0.0.1", relay.port()));
    }

    private SimulatedEngine simulated() {
        return SimulatedEngine.onTcp(network, generation, 1, InstantSource.system());
    }

    private static BuildSpec everyKind() {
        return BuildSpec.builder()
                .source("context", 10)
                .from("alpine", 5, 6)
                .run("make", 7, "/root/.cache", 8)
                .build();
    }

    private static String shape(JsonNode answer) {
        var shape = new StringBuilder();
        for (var entry : answer.properties()) {
            shape.append(entry.getKey())
                    .append(' ')
                    .append(entry.getValue().getNodeType())
                    .append('\n');
        }
        return shape.toString();
    }

    private static TreeSet<String> recordKeys(JsonNode answer) {
        var keys = new TreeSet<String>();
        answer.get("BuildCache").forEach(record -> keys.addAll(record.propertyNames()));
        return keys;
    }
}
