package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.cache.BuildSpec;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Streams of events of a service in a process of its own: they end with the rights of their listeners, and hold up no stop. Prints how long
 * that took.
 */
class OpenStreamsIntegrationTests {

    private static final String PASSWORD = "long enough 4711";
    private static final Duration SOON = Duration.ofMinutes(2);

    private final TestDatabase database = TestDatabase.create();
    private final EngineNetwork network = new EngineNetwork();
    private SimulatedEngine engine;
    private ServiceProcess service;
    private long run;

    /** A policy deletes one record in half a minute, so its run goes on. */
    @BeforeEach
    void startLongRun() {
        engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 4, InstantSource.system());
        engine.build(BuildSpec.builder()
                .from("alpine", 3_000_000)
                .run("make one", 2_000_000)
                .run("make two", 1_000_000)
                .build());
        service = ServiceProcess.start(
                database, "--cachewarden.prune.tick=100ms", "--cachewarden.access.admin-password=" + PASSWORD);
        service.post("/api/v1/hosts", """
                {"name": "pruned", "address": "%s", "pollInterval": "5s"}""".formatted(engine.address().text()));
        await().atMost(SOON).until(() -> number("select count(*) from usage_sample") > 0);
        long policy = service.post("/api/v1/policies", """
                        {"name": "slow", "mode": "ENFORCE", "rules": [{"unusedFor": "0s"}], "limitPerRun": {"maxShare": 100},
                         "guards": {"batchSize": 1, "pauseBetweenBatches": "30s"}}""").get("id").asLong();
        service.post("/api/v1/policies/" + policy + "/run?countdown=PT0S", "");
        run = number("select max(id) from prune_run");
        await().atMost(SOON)
                .until(() -> service.get("/api/v1/runs/" + run).path("state").asString(), "RUNNING"::equals);
    }

    @AfterEach
    void close() {
        service.close();
        engine.close();
        network.close();
        database.close();
    }

    @Test
    void endWithTheRightsOfTheirListenersAndHoldUpNoStop() {
        var admin = signIn("admin");
        addUser(admin, "otto");
        addUser(admin, "vera");
        var otto = signIn("otto");
        var token = service.post("/api/v1/tokens", """
                {"name": "listener", "scopes": ["read"]}""");
        try (var signsOut = listen(otto);
                var isRemoved = listen(signIn("vera"));
                var isRevoked = EventStream.open(
                        service.port(),
                        run,
                        "Authorization: Bearer " + token.path("secret").asString());
                var stays = listen(admin)) {
            ends("the listener signed out", signsOut, () -> otto.submit("/", "/logout"));
            ends(
                    "the account was removed",
                    isRemoved,
                    () -> admin.submit("/settings/users", "/settings/users/vera/delete"));
            ends(
                    "the token was revoked",
                    isRevoked,
                    () -> new WebClient(service.port())
                            .with("Authorization", "Bearer " + service.token())
                            .json(
                                    "DELETE",
                                    "/api/v1/tokens/"
                                            + token.path("token").path("id").asLong(),
                                    null));

            assertThat(stays.isOpen()).isTrue();
            var took = service.stop();
            System.out.printf("stopped beside a run and a stream after %.1f s%n", took.toMillis() / 1e3);
            stays.end();
        }
    }

    /** A stream that two threads write loses about one response in 400. */
    @Test
    void beginWithAnEventEveryTime() {
        var admin = signIn("admin");
        for (int i = 0; i < 500; i++) {
            listen(admin).close();
        }
    }

    private long number(String sql) {
        return Objects.requireNonNull(database.jdbc().queryForObject(sql, Long.class));
    }

    private static void ends(String why, EventStream stream, Runnable cause) {
        assertThat(stream.isOpen()).as(why).isTrue();
        long began = System.nanoTime();
        cause.run();
        System.out.printf("%s: the stream ended after %.1f s%n", why, (stream.end() - began) / 1e9);
    }

    private WebClient signIn(String name) {
        var client = new WebClient(service.port());
        client.signIn(name, PASSWORD);
        assertThat(client.get("/").statusCode()).as(name).isEqualTo(200);
        return client;
    }

    private static void addUser(WebClient admin, String name) {
        var answer = admin.submit(
                "/settings/users", "/settings/users", "name", name, "role", "VIEWER", "password", PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    }

    private EventStream listen(WebClient client) {
        return EventStream.open(service.port(), run, "Cookie: " + client.cookies());
    }
}
