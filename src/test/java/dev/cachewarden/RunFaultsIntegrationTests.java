package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.run.execution.ExternalPruneLook;
import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.cache.RecordDraft;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.simulator.state.Fault;
import dev.cachewarden.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Runs on engines that fail in the middle, through the whole service: what is told afterwards is what is there. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cachewarden.prune.tick=50ms",
            "cachewarden.prune.dead-after=1s",
            "cachewarden.prune.batch-size=4",
            "cachewarden.prune.stop-after-failures=6",
            "cachewarden.engine.call-timeout=5s",
            "cachewarden.engine.prune-idle-timeout=2s"
        })
class RunFaultsIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final int RECORDS = 20;

    private final EngineNetwork network = new EngineNetwork();
    private final Clock clock = Clock.systemUTC();
    private @Nullable SimulatedEngine engine;
    private JsonNode host = NullNode.getInstance();

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private ApplicationContext application;

    @LocalServerPort
    private int port;

    private ServiceClient service = new ServiceClient(1, "");

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
    }

    @BeforeEach
    void signIn() {
        var token = tokens.issue(
                "faults-" + UUID.randomUUID(),
                Set.of(Scope.READ, Scope.PREVIEW, Scope.PRUNE, Scope.ADMIN),
                null,
                database.tokenOwner());
        service = new ServiceClient(port, token.secret());
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
        network.close();
    }

    /** An engine with a score of records, watched. */
    private SimulatedEngine engineOn(InstantSource itsClock) {
        var started = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, System.nanoTime(), itsClock);
        for (int i = 0; i < RECORDS; i++) {
            started.cache().add(RecordDraft.of("regular", "step " + i, 1_000).used(itsClock.instant(), 1));
        }
        engine = started;
        host = service.post("/api/v1/hosts", """
                {"name": "%s", "address": "%s", "pollInterval": "1h"}""".formatted(
                        "e" + UUID.randomUUID(), started.address().text()));
        sample();
        return started;
    }

    private JsonNode sample() {
        return service.post("/api/v1/hosts/" + host.get("id").asLong() + "/sample", "");
    }

    private long start() {
        var plan = service.post("/api/v1/plans", """
                {"hostId": %d, "rules": [{"maxUsedSpace": "1"}], "limitPerRun": {"maxShare": 100}}""".formatted(host.get("id").asLong()));
        assertThat(plan.get("planned").get("records").asInt()).isEqualTo(RECORDS);
        return service.post("/api/v1/plans/" + plan.get("id").asLong() + "/run?countdown=PT0S", "")
                .get("id")
                .asLong();
    }

    private JsonNode run(long id) {
        return service.get("/api/v1/runs/" + id);
    }

    private JsonNode ended(long id) {
        return await().atMost(Duration.ofMinutes(2))
                .until(() -> run(id), run -> !run.get("endedAt").isNull());
    }

    private List<JsonNode> records(long run, String outcome) {
        return service.get("/api/v1/runs/" + run + "/records?limit=1000&outcome=" + outcome)
                .get("items")
                .valueStream()
                .toList();
    }

    /** What the run says is what the engine has. */
    private void assertTrue(SimulatedEngine of, JsonNode run) {
        var there = of.cache().records().stream().map(record -> record.id()).collect(Collectors.toSet());
        long id = run.get("id").asLong();
        assertThat(records(id, "DELETED"))
                .hasSize(run.get("deleted").get("records").asInt())
                .noneMatch(record -> there.contains(record.get("id").asString()));
        assertThat(records(id, "SKIPPED"))
                .allMatch(record -> there.contains(record.get("id").asString()));
        assertThat(records(id, "FAILED"))
                .allMatch(record -> there.contains(record.get("id").asString()));
        assertThat(there).hasSize(RECORDS - run.get("deleted").get("records").asInt());
    }

    @Test
    void engineThatDiesInMidRunIsReadBackWhenItIsUpAgain() {
        var dying = engineOn(InstantSource.system());
        dying.inject(new Fault.SlowPrune(Duration.ofMillis(50)));
        long id = start();
        await().until(() -> run(id).get("deleted").get("records").asInt() >= 6);

        dying.inject(new Fault.Down());
        await().until(() -> run(id).get("state").asString().equals("VERIFYING"));
        dying.recover();

        var run = ended(id);
        assertThat(run.get("state").asString()).isEqualTo("PARTIAL");
        assertThat(run.get("message").asString()).isNotBlank();
        assertThat(run.get("missedBytes").asLong()).isPositive();
        assertTrue(dying, run);
    }

    @Test
    void connectionCutInMidStreamIsNoSuccess() {
        var cutting = engineOn(InstantSource.system());
        cutting.inject(new Fault.CutPrune(3));

        var run = ended(start());

        assertThat(run.get("state").asString()).isEqualTo("PARTIAL");
        assertThat(run.get("deleted").get("records").asInt()).isEqualTo(3);
        assertThat(run.get("message").asString()).isNotBlank();
        assertTrue(cutting, run);
    }

    @Test
    void pruneThatStallsIsGivenUp() {
        var stalling = engineOn(InstantSource.system());
        stalling.inject(new Fault.StalledPrune(3));

        var run = ended(start());

        assertThat(run.get("state").asString()).isEqualTo("PARTIAL");
        assertThat(run.get("message").asString()).contains("2 s");
        assertTrue(stalling, run);
    }

    @Test
    void successThatDeletesNothingIsAFailureAndSoonStopped() {
        var lying = engineOn(InstantSource.system());
        lying.inject(new Fault.PruneDeletesNothing());

        var run = ended(start());

        assertThat(run.get("state").asString()).isEqualTo("FAILED");
        assertThat(run.get("message").asString()).isEqualTo("Stopped after 8 failures.");
        assertThat(records(run.get("id").asLong(), "FAILED"))
                .allMatch(record -> record.get("outcomeReason")
                        .asString()
                        .equals("Still in the cache; the builder did not report its deletion"));
        assertTrue(lying, run);
    }

    @ParameterizedTest
    @CsvSource({
        "PT90M, ' ahead of the clock of Cachewarden, so rules by age keep its records'",
        "-PT90M, ' behind the clock of Cachewarden, so rules by age delete its records'"
    })
    void clockSkewIsReportedAndHarmless(Duration off, String words) {
        var skewed = engineOn(Clock.offset(clock, off));
        assertThat(service.get("/api/v1/hosts/" + host.get("id").asLong())
                        .get("capabilities")
                        .get("notes")
                        .toString())
                .contains("Its clock is 1 h")
                .contains(words);

        var run = ended(start());

        assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("DONE");
        assertTrue(skewed, run);
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT1H", "-PT1H"})
    void externalPruneIsFoundDespiteClockSkew(Duration off) throws Exception {
        var pruned = engineOn(Clock.offset(clock, off));
        Instant before = clock.instant();
        pruneExternally(pruned);
        Instant after = clock.instant();
        sample();

        ExternalPruneLook.in(application);

        assertThat(externalPrunes()).singleElement().satisfies(prune -> {
            assertThat(prune.get("known").asString()).isEqualTo("EVENT");
            assertThat(prune.get("records").asInt()).isEqualTo(RECORDS);
            assertThat(prune.get("bytes").asLong()).isEqualTo(RECORDS * 1_000L);
            assertThat(prune.get("reportedBytes").asLong()).isEqualTo(RECORDS * 1_000L);
            assertThat(Instant.parse(prune.get("eventAt").asString()))
                    .isBetween(before.minusSeconds(2), after.plusSeconds(2));
        });
        assertThat(database.jdbc()
                        .queryForObject(
                                "select count(*) from cache_record where deletion_cause = 'EXTERNAL' and builder_id = ?",
                                Long.class,
                                builder()))
                .isEqualTo(RECORDS);
    }

    private static void pruneExternally(SimulatedEngine engine) throws Exception {
        var address = engine.address().text().replace("tcp://", "http://");
        try (var http = HttpClient.newHttpClient()) {
            var prune = HttpRequest.newBuilder(URI.create(address + "/v1.51/build/prune?all=1"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(prune, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void ownRunIsNotRecordedAsExternalPrune() {
        engineOn(InstantSource.system());
        ended(start());
        sample();
        ExternalPruneLook.in(application);
        assertThat(database.jdbc()
                        .queryForList("select until from external_prune_watch where builder_id = ?", builder()))
                .as("searched")
                .hasSize(1);

        assertThat(externalPrunes()).isEmpty();
    }

    private long builder() {
        return service.get("/api/v1/hosts/" + host.get("id").asLong())
                .get("builders")
                .get(0)
                .get("id")
                .asLong();
    }

    private List<JsonNode> externalPrunes() {
        return service.get("/api/v1/builders/" + builder() + "/external-prunes")
                .get("items")
                .valueStream()
                .toList();
    }
}
