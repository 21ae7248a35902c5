package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.store.StoreProblem;
import dev.cachewarden.testing.CutRelay;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service while its database is away, and after it has come back. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"cachewarden.host.find-local-engine=false", "cachewarden.access.admin-password=long enough 4711"})
@DirtiesContext // Its database is out of reach when the relay is closed.
class StoreOutageIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final CutRelay relay =
            new CutRelay(URI.create(database.url().substring("jdbc:".length())).getPort());

    private static final Pattern SKIPPED = Pattern.compile("(?m)^cachewarden_polls_skipped_total (\\S+)$");

    private final EngineNetwork network = new EngineNetwork();

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("spring.datasource.url", () -> database.url().replaceFirst(":\\d+/", ":" + relay.port() + "/"));
    }

    @AfterEach
    void mend() {
        relay.mend();
        network.close();
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    @Test
    void reportsADatabaseOutageAndRecovers() {
        var token = tokens.issue("outage", Set.of(Scope.READ, Scope.INGEST, Scope.ADMIN), null, database.tokenOwner());
        var script = new WebClient(port).with("Authorization", "Bearer " + token.secret());
        var person = new WebClient(port);
        assertThat(person.signIn("admin", "long enough 4711").headers().firstValue("Location"))
                .isPresent();
        assertThat(person.get("/").statusCode()).isEqualTo(200);
        var signIn = new WebClient(port);
        var csrf = signIn.csrf("/login");
        try (var engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 4, InstantSource.system())) {
            assertThat(script.json("POST", "/api/v1/hosts", """
                            {"name": "polled", "address": "%s", "pollInterval": "5s"}""".formatted(
                                            engine.address().text()))
                            .statusCode())
                    .isEqualTo(201);
            await().until(() -> samples() > 0);

            relay.cut();
            await().until(() -> health("readiness") == 503);

            assertThat(health("liveness")).isEqualTo(200);
            assertThat(new WebClient(port).get("/actuator/health").statusCode()).isEqualTo(503);
            var page = person.get("/");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Database unavailable", "The database is unreachable.");
            var answer = script.get("/api/v1/hosts");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(answer.body()).contains("\"type\":\"urn:cachewarden:problem:database-unavailable\"");
            assertThat(script.json("POST", "/api/v1/builds?project=app", "#1 [internal] load build definition")
                            .statusCode())
                    .isEqualTo(503);
            assertThat(signIn.post("/login", "username", "admin", "password", "long enough 4711", "_csrf", csrf)
                            .statusCode())
                    .as("sign-in without a password check")
                    .isEqualTo(503);
            await().until(() -> skipped() > 0);

            relay.mend();
            await().until(() -> health("readiness") == 200);
            assertThat(person.get("/").statusCode()).isEqualTo(200);
            assertThat(script.get("/api/v1/hosts").statusCode()).isEqualTo(200);
            int before = samples();
            await().until(() -> samples() > before);
        }
    }

    @Test
    void reportsAFullDatabaseDiskAndRecovers() {
        var token = tokens.issue("full", Set.of(Scope.READ, Scope.INGEST, Scope.ADMIN), null, database.tokenOwner());
        var script = new WebClient(port).with("Authorization", "Bearer " + token.secret());
        database.jdbc().execute("""
                create function disk_full() returns trigger language plpgsql as $$ begin
                    raise exception 'could not extend file' using errcode = '53100'; end $$;
                create trigger disk_full before insert on usage_sample execute function disk_full();
                create trigger disk_full before insert on build execute function disk_full()""");
        try (var engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 5, InstantSource.system())) {
            assertThat(script.json("POST", "/api/v1/hosts", """
                            {"name": "not-stored", "address": "%s", "pollInterval": "5s"}""".formatted(
                                            engine.address().text()))
                            .statusCode())
                    .isEqualTo(201);

            await().until(() -> script.get("/api/v1/hosts").body(), body -> body.contains("\"NOT_STORED\""));
            var upload = script.json("POST", "/api/v1/builds?project=app", """
                    #1 [internal] load build definition from Dockerfile
                    #1 DONE 0.1s

                    #2 [1/2] FROM docker.io/library/alpine:3.20
                    #2 DONE 1.0s

                    #3 [2/2] RUN true
                    #3 DONE 0.2s
                    """);
            assertThat(upload.statusCode()).as(upload.body()).isEqualTo(503);
            assertThat(upload.headers().firstValue("Retry-After")).hasValue("60");
            assertThat(upload.body()).contains("The disk of the database is full, so Cachewarden cannot save data.");

            database.jdbc().execute("drop function disk_full cascade");
            await().until(
                            () -> script.get("/api/v1/hosts").body(),
                            body -> !body.contains("\"NOT_STORED\"") && body.contains("\"REACHABLE\""));
        } finally {
            database.jdbc().execute("drop function if exists disk_full cascade");
        }
    }

    /** Reading goes on, so pages are shown; they say that nothing can be stored. */
    @Test
    void showsAReadOnlyDatabaseOnEveryPage() {
        var person = new WebClient(port);
        person.signIn("admin", "long enough 4711");
        assertThat(person.get("/builds").body()).doesNotContain(StoreProblem.READ_ONLY.explanation());
        try {
            readOnly(true);
            await().until(() -> health("readiness") == 503);

            for (var path : List.of("/", "/hosts", "/records", "/builds", "/policies", "/runs", "/pins")) {
                var page = person.get(path);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.body()).as(path).containsOnlyOnce(StoreProblem.READ_ONLY.explanation());
            }
            var part = person.with("HX-Request", "true").get("/builds");
            assertThat(part.body())
                    .contains(StoreProblem.READ_ONLY.explanation())
                    .doesNotContain("<header");
        } finally {
            readOnly(false);
        }
        await().until(() -> health("readiness") == 200);
        assertThat(person.get("/builds").body()).doesNotContain(StoreProblem.READ_ONLY.explanation());
    }

    /** Connections that are open keep what they began with, so they are ended. */
    private static void readOnly(boolean readOnly) {
        database.jdbc().execute((ConnectionCallback<Boolean>) connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("set default_transaction_read_only = off");
                statement.execute("alter database " + connection.getCatalog() + " set default_transaction_read_only = "
                        + readOnly);
                return statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                                + " and pid <> pg_backend_pid()");
            }
        });
    }

    private int health(String group) {
        return new WebClient(port).get("/actuator/health/" + group).statusCode();
    }

    /** Not by a token, which would be looked up. */
    private double skipped() {
        var found = SKIPPED.matcher(metrics());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    @Autowired
    private io.micrometer.prometheusmetrics.PrometheusMeterRegistry prometheus;

    private String metrics() {
        return prometheus.scrape();
    }

    private static int samples() {
        return java.util.Objects.requireNonNull(
                database.jdbc().queryForObject("select count(*) from usage_sample", Integer.class));
    }
}
