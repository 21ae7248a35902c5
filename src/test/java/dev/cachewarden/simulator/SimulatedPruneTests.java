package dev.cachewarden.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.simulator.cache.RecordDraft;
import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.EngineGeneration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prunes over HTTP and their events; texts as real engines gave them. */
class SimulatedPruneTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final EngineNetwork network = new EngineNetwork();
    private Instant now = NOW;
    private final SimulatedEngine engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 3, () -> now);
    private final RawHttp http = new RawHttp(engine.address());

    @AfterEach
    void stop() {
        engine.close();
        network.close();
    }

    @Test
    void anIdIsARegularExpressionThatNeedNotMatchTheWhole() {
        String id = add(5);
        String middle = id.substring(8, 16);
        assertThat(prune("{\"id\":[\"" + middle + "\"]}"))
                .isEqualTo("{\"CachesDeleted\":[\"" + id + "\"],\"SpaceReclaimed\":5}\n");
    }

    @Test
    void nothingDeletedReadsAsNull() {
        add(5);
        assertThat(prune("{\"id\":[\"nosuch\"]}")).isEqualTo("{\"CachesDeleted\":null,\"SpaceReclaimed\":0}\n");
    }

    @Test
    void aLabelIsAcceptedAndIgnored() {
        add(5);
        add(6);
        assertThat(prune("{\"label\":[\"zzz\"]}")).endsWith("\"SpaceReclaimed\":11}\n");
        assertThat(engine.cache().size()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"bogus\":[\"x\"]}; 400; failed to prune build cache: invalid filter 'bogus'",
                "{\"id\":[\"x\",\"y\"]}; 400; failed to prune build cache: filters expect only one value",
                "notjson; 400; invalid filter",
                "{\"id\":[\"x\"],\"type\":{\"regular\":true}}; 400; invalid filter",
                "{\"until\":[\"24h\"],\"unused-for\":[\"24h\"]}; 400; failed to prune build cache: conflicting filters: \"until\" and \"unused-for\"",
                "{\"until\":[\"7d\"]}; 400; failed to prune build cache: \"until\" filter expects a duration (e.g., '24h') or a timestamp: failed to parse value as time or duration: \"7d\"",
                "{\"description\":[\"a b\"]}; 400; failed to prune build cache: failed to parse prune filters [description==a b]: filters: parse error: [description==a >| |< b]: unexpected input:  : invalid argument",
            })
    void refusesAsEnginesDo(String filters, int status, String message) {
        add(5);
        var answer = http.prune("/v1.51", filters, "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"message\":\"" + message.replace("\"", "\\\"") + "\"}\n");
        assertThat(engine.cache().size()).isEqualTo(1);
    }

    @Test
    void engine2010RefusesInItsOwnWords() {
        try (var old = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_20_10, 3, () -> now)) {
            var client = new RawHttp(old.address());
            assertThat(client.prune("/v1.41", "{\"bogus\":[\"x\"]}", "").body())
                    .isEqualTo("{\"message\":\"failed to prune build cache: Invalid filter 'bogus'\"}\n");
            assertThat(client.prune("/v1.41", "{}", "&keep-storage=10GB").statusCode())
                    .isEqualTo(500);
            assertThat(client.prune("/v1.41", "{\"until\":[\"2020-01-01\"]}", "")
                            .statusCode())
                    .isEqualTo(500);
        }
    }

    @Test
    void readsOnlyTheLimitsOfTheApiVersion() {
        add(10);
        add(10);
        // Before 1.48 the maximum is not read: everything goes.
        http.prune("/v1.47", "{}", "&max-used-space=1000");
        assertThat(engine.cache().size()).isZero();
        add(10);
        add(10);
        http.prune("/v1.48", "{}", "&max-used-space=1000");
        assertThat(engine.cache().size()).isEqualTo(2);
        http.prune("/v1.47", "{}", "&keep-storage=15");
        assertThat(engine.cache().size()).isEqualTo(1);
        http.prune("/v1.51", "{}", "&reserved-space=15");
        assertThat(engine.cache().size()).isEqualTo(1);
    }

    @Test
    void freeSpaceTargetUsesTheFreeDisk() {
        engine.setDiskFree(100);
        add(10);
        add(10);
        http.prune("/v1.51", "{}", "&min-free-space=105&reserved-space=1");
        assertThat(engine.cache().size()).isEqualTo(1);
    }

    @Test
    void sharedNeedsAll() {
        engine.cache().add(RecordDraft.of("regular", "", 4).asShared());
        assertThat(prune("{}")).contains("null");
        assertThat(http.prune("/v1.51", "{}", "&all=1").body()).contains("\"SpaceReclaimed\":4");
    }

    @Test
    void untilSparesTheRecentlyUsed() {
        engine.cache().add(RecordDraft.of("regular", "", 4).used(NOW.minus(Duration.ofHours(1)), 1));
        String old = engine.cache().add(RecordDraft.of("regular", "", 4).used(NOW.minus(Duration.ofHours(9)), 1));
        assertThat(prune("{\"until\":[\"2h30m\"]}")).contains(old).contains("\"SpaceReclaimed\":4");
    }

    @Test
    void booleansMatchByPresenceOnly() {
        add(1);
        assertThat(prune("{\"private\":[\"true\"]}")).contains("null");
        assertThat(prune("{\"private\":[]}")).contains("\"SpaceReclaimed\":1");
    }

    @Test
    void eventsListPrunesOverHttpInTheRequestedRange() {
        add(7);
        prune("{}");
        now = NOW.plusSeconds(60);
        prune("{}");
        now = NOW.plusSeconds(120);
        String filters = "&filters=%7B%22type%22%3A%5B%22builder%22%5D%2C%22event%22%3A%5B%22prune%22%5D%7D";
        assertThat(events(NOW, NOW.plusSeconds(30), filters))
                .isEqualTo(
                        "{\"Type\":\"builder\",\"Action\":\"prune\",\"Actor\":{\"ID\":\"\",\"Attributes\":"
                                + "{\"reclaimed\":\"7\"}},\"scope\":\"local\",\"time\":1772366400,\"timeNano\":1772366400000000000}\n");
        assertThat(events(NOW, NOW.plusSeconds(90), filters).lines()).hasSize(2);
        assertThat(events(NOW.plusSeconds(1), NOW.plusSeconds(30), filters)).isEmpty();
        assertThat(events(NOW, NOW.plusSeconds(90), filters.replace("builder", "image")))
                .isEmpty();
    }

    @Test
    void eventsRefuseAnEndBeforeTheStart() {
        assertThat(http.ask("GET", "/v1.51/events?since=200&until=100").body())
                .isEqualTo("{\"message\":\"`since` time (200) cannot be after `until` time (100)\"}\n");
    }

    @Test
    void requestsAreCounted() {
        prune("{}");
        http.get("/v1.51/system/df");
        http.get("/info");
        assertThat(engine.requests().count("POST /build/prune")).isEqualTo(1);
        assertThat(engine.requests().count("GET /system/df")).isEqualTo(1);
        assertThat(engine.requests().last())
                .isEqualTo(List.of("POST /v1.51/build/prune?filters=%7B%7D", "GET /v1.51/system/df", "GET /info"));
    }

    @Test
    void survivorsAreThoseNotNamed() {
        String deleted = add(1);
        String stays = add(1);
        prune("{\"id\":[\"^" + deleted + "$\"]}");
        assertThat(engine.cache().views()).extracting(RecordView::id).containsExactly(stays);
    }

    private String add(long size) {
        return engine.cache().add(RecordDraft.of("regular", "mount / from exec", size));
    }

    private String prune(String filters) {
        return http.prune("/v1.51", filters, "").body();
    }

    private String events(Instant since, Instant until, String more) {
        return http.ask(
                        "GET",
                        "/v1.51/events?since=" + since.getEpochSecond() + "&until=" + until.getEpochSecond() + more)
                .body();
    }
}
