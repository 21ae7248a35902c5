package dev.cachewarden.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.simulator.cache.BuildSpec;
import dev.cachewarden.simulator.cache.RecordDraft;
import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.EngineGeneration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The wire of simulated engines against what was seen on real ones (versions 20.10.24, 26.1.5, 28.5.2, 29.7.2). */
class SimulatedEngineHttpTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
    private static EngineNetwork network;

    @BeforeAll
    static void open() {
        network = new EngineNetwork();
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void pingReturnsVersionsForHead() {
        var answer = on(EngineGeneration.ENGINE_28_5).ask("HEAD", "/_ping");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Api-Version")).contains("1.51");
        assertThat(answer.headers().firstValue("Builder-Version")).contains("2");
        assertThat(answer.headers().firstValue("Server")).contains("Docker/28.5.2+dfsg4 (linux)");
    }

    @Test
    void pingOf2010OmitsTheBuilderVersion() {
        var answer = on(EngineGeneration.ENGINE_20_10).ask("GET", "/_ping");
        assertThat(answer.body()).isEqualTo("OK");
        assertThat(answer.headers().firstValue("Builder-Version")).isEmpty();
        assertThat(answer.headers().firstValue("Api-Version")).contains("1.41");
    }

    @Test
    void infoReturnsTheEngineIdAndDataDirectory() {
        var old = on(EngineGeneration.ENGINE_20_10).get("/v1.41/info");
        assertThat(old.get("ID").stringValue()).matches("([A-Z2-7]{4}:){11}[A-Z2-7]{4}");
        assertThat(old.get("ServerVersion").stringValue()).isEqualTo("20.10.24+dfsg1");
        var newer = on(EngineGeneration.ENGINE_29_7).get("/info");
        assertThat(newer.get("ID").stringValue()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(newer.get("DockerRootDir").stringValue()).isEqualTo("/var/lib/docker");
        assertThat(newer.get("DriverStatus").toString()).contains("io.containerd.snapshotter.v1");
    }

    @Test
    void oneConnectionServesManyRequests() {
        var http = on(EngineGeneration.ENGINE_26_1);
        for (int i = 0; i < 20; i++) {
            assertThat(http.get("/version").get("MinAPIVersion").stringValue()).isEqualTo("1.24");
        }
    }

    @ParameterizedTest(name = "{0} asked for {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "20|1.42|client version 1.42 is too new. Maximum supported API version is 1.41",
                "28|1.23|client version 1.23 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version",
                "29|1.39|client version 1.39 is too old. Minimum supported API version is 1.40, please upgrade your client to a newer version",
            })
    void versionsOutOfRangeAreRefusedWithBothVersions(String generation, String version, String message) {
        var answer = on(generation(generation)).ask("GET", "/v" + version + "/system/df");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void unknownPathsAreNotFound() {
        var answer = on(EngineGeneration.ENGINE_28_5).ask("GET", "/v1.41/nosuch");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"page not found\"}\n");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "20|/v1.41/system/df|{'LayersSize':0,'Images':[],'Containers':[],'Volumes':[],'BuildCache':null,'BuilderSize':0}",
                "20|/system/df?type=bogus|{'LayersSize':0,'Images':[],'Containers':[],'Volumes':[],'BuildCache':null,'BuilderSize':0}",
                "26|/v1.41/system/df|{'LayersSize':0,'Images':[],'Containers':[],'Volumes':[],'BuildCache':[]}",
                "26|/v1.44/system/df?type=build-cache|{'LayersSize':0,'Images':null,'Containers':null,'Volumes':null,'BuildCache':[]}",
                "28|/system/df?type=container|{'LayersSize':0,'Images':null,'Containers':[],'Volumes':null,'BuildCache':null}",
                "28|/system/df?type=bogus|{'message':'unknown object type: bogus'}",
                "29|/v1.41/system/df?type=build-cache|{'Images':[],'Containers':[],'Volumes':[],'BuildCache':[]}",
                "29|/v1.44/system/df?type=build-cache|{'BuildCache':[]}",
                "29|/v1.52/system/df?type=build-cache|{'BuildCache':[],'BuildCacheUsage':{}}",
                "29|/v1.55/system/df?type=build-cache&verbose=1|{'BuildCacheUsage':{}}",
                "29|/v1.55/system/df?type=build-cache&verbose=x|{'message':'invalid value for verbose: x'}",
            })
    void emptyCachesReadAsSeen(String generation, String path, String body) {
        assertThat(on(generation(generation)).ask("GET", path).body()).isEqualTo(body.replace('\'', '"') + "\n");
    }

    @Test
    void recordsOf2010HaveOneParentAsText() {
        try (var engine = start(EngineGeneration.ENGINE_20_10)) {
            engine.build(chain());
            var records = records(
                    new RawHttp(engine.address()).get("/v1.41/system/df").get("BuildCache"));
            assertThat(records)
                    .hasSize(3)
                    .allSatisfy(record -> assertThat(record.propertyNames())
                            .containsExactly(
                                    "ID",
                                    "Parent",
                                    "Type",
                                    "Description",
                                    "InUse",
                                    "Shared",
                                    "Size",
                                    "CreatedAt",
                                    "LastUsedAt",
                                    "UsageCount"));
            assertThat(records)
                    .extracting(record -> record.get("Parent").stringValue())
                    .contains("");
        }
    }

    @Test
    void parentsStandUnderAKeyWithASpaceAndAreLeftOutWithoutAny() {
        try (var engine = start(EngineGeneration.ENGINE_28_5)) {
            engine.build(chain());
            var http = new RawHttp(engine.address());
            assertThat(records(http.get("/v1.51/system/df?type=build-cache").get("BuildCache")))
                    .filteredOn(record -> record.has(" Parents"))
                    .hasSize(2);
            assertThat(records(http.get("/v1.41/system/df").get("BuildCache")))
                    .noneMatch(record -> record.has(" Parents"));
            assertThat(http.get("/v1.41/system/df").get("BuilderSize").longValue())
                    .isEqualTo(160);
            assertThat(http.get("/v1.51/system/df").has("BuilderSize")).isFalse();
        }
    }

    @Test
    void timesAndTheNeverUsedReadAsGoWritesThem() {
        try (var engine = start(EngineGeneration.ENGINE_28_5)) {
            engine.cache().add(RecordDraft.of("regular", "a <b> & \"c\"", 1));
            String body = new RawHttp(engine.address())
                    .ask("GET", "/v1.51/system/df?type=build-cache")
                    .body();
            assertThat(body)
                    .contains("\"CreatedAt\":\"2026-03-01T12:00:00.5Z\",\"LastUsedAt\":null,\"UsageCount\":0")
                    .contains("\"Description\":\"a <b> & \\\"c\\\"\"");
        }
    }

    @Test
    void usageOf29CountsSharedInTheTotalOnly() {
        try (var engine = start(EngineGeneration.ENGINE_29_7)) {
            engine.cache().add(RecordDraft.of("regular", "", 10));
            engine.cache().add(RecordDraft.of("regular", "", 200).asShared());
            engine.cache().hold(engine.cache().add(RecordDraft.of("regular", "", 3000)));
            var usage = new RawHttp(engine.address())
                    .get("/v1.55/system/df?type=build-cache&verbose=1")
                    .get("BuildCacheUsage");
            assertThat(usage.get("ActiveCount").longValue()).isEqualTo(1);
            assertThat(usage.get("TotalCount").longValue()).isEqualTo(3);
            assertThat(usage.get("TotalSize").longValue()).isEqualTo(3210);
            assertThat(usage.get("Reclaimable").longValue()).isEqualTo(10);
            assertThat(usage.get("Items")).hasSize(3);
        }
    }

    @Test
    void engine26BreaksOffWhereItPanics() {
        assertThatThrownBy(() -> on(EngineGeneration.ENGINE_26_1).ask("GET", "/v1.42/system/df?type=build-cache"))
                .hasMessageContaining("received no bytes");
        assertThat(on(EngineGeneration.ENGINE_28_5)
                        .ask("GET", "/v1.42/system/df?type=build-cache")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void thousandsOfRecordsComeWhole() {
        try (var engine = start(EngineGeneration.ENGINE_28_5)) {
            for (int i = 0; i < 5000; i++) {
                engine.cache().add(RecordDraft.of("regular", "mount / from exec /bin/sh -c step " + i, i));
            }
            var expected = engine.cache().views().stream().map(RecordView::id).toList();
            var records = records(new RawHttp(engine.address())
                    .get("/v1.51/system/df?type=build-cache")
                    .get("BuildCache"));
            assertThat(records)
                    .extracting(record -> record.get("ID").stringValue())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static BuildSpec chain() {
        return BuildSpec.builder()
                .from("alpine", 100)
                .copy("[2/3] COPY . .", 20)
                .run("make", 40)
                .build();
    }

    private static RawHttp on(EngineGeneration generation) {
        return new RawHttp(start(generation).address());
    }

    private static SimulatedEngine start(EngineGeneration generation) {
        return SimulatedEngine.onTcp(network, generation, 1, () -> NOW);
    }

    private static EngineGeneration generation(String major) {
        return switch (major) {
            case "20" -> EngineGeneration.ENGINE_20_10;
            case "26" -> EngineGeneration.ENGINE_26_1;
            case "28" -> EngineGeneration.ENGINE_28_5;
            default -> EngineGeneration.ENGINE_29_7;
        };
    }

    private static List<JsonNode> records(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
