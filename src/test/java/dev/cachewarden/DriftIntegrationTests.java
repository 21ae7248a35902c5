package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.engine.BuildRecipe;
import dev.cachewarden.engine.EngineUnderTest.Expected;
import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A build begins on a real engine between a plan and its run, and uses some of what the plan lists. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DriftIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    @TempDir
    private Path context;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20.10", "26.1", "28.5"})
    void skipsRecordsInUseByABuildAndStoresTheReason(String engine) throws Exception {
        var address = RealEngines.connection(engine).address().text();
        var token = tokens.issue(
                "drift-" + engine,
                Set.of(Scope.READ, Scope.PREVIEW, Scope.PRUNE, Scope.ADMIN),
                null,
                database.tokenOwner());
        var client = new ServiceClient(port, token.secret());
        var recipe = BuildRecipe.unique(4, 3, "mount");
        RealEngines.named(engine, new Expected("", "", "", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, false))
                .build(recipe);
        long host = client.post("/api/v1/hosts", """
                        {"name": "drift-%s", "address": "%s", "pollInterval": "1h"}""".formatted(engine, address))
                .get("id")
                .asLong();
        // BuildKit takes the first reading after a build for a use of its cache mounts, and lets go of its records a
        // little late.
        inUse(client, host);
        await().atMost(Duration.ofMinutes(2)).until(() -> inUse(client, host) == 0);
        var plan = client.post("/api/v1/plans", """
                {"hostId": %d, "rules": [{"filters": ["description~=%s"], "unusedFor": "0s"}],
                 "limitPerRun": {"maxShare": 100}}""".formatted(host, recipe.token()));
        long planned = plan.get("planned").get("records").asLong();
        assertThat(planned).isGreaterThanOrEqualTo(5);

        var build = longBuild(engine, recipe);
        try {
            // Its context is held before anything that is planned.
            await().atMost(Duration.ofMinutes(2)).until(() -> inUse(client, host) > 0 && holds(client, engine, recipe));
            var run = client.post("/api/v1/plans/" + plan.get("id").asLong() + "/run?countdown=PT0S&wait=PT2M", "");

            long id = run.get("id").asLong();
            var skipped = client.get("/api/v1/runs/" + id + "/records?outcome=SKIPPED")
                    .get("items");
            var deleted = client.get("/api/v1/runs/" + id + "/records?outcome=DELETED")
                    .get("items");
            assertThat(skipped.size() + deleted.size()).isEqualTo((int) planned);
            assertThat(deleted).isNotEmpty();
            assertThat(skipped).isNotEmpty();
            // As the run saw it before, or as the builder passed it over.
            assertThat(skipped.toString()).containsIgnoringCase("in use by a running build");
            skipped.forEach(
                    record -> assertThat(record.toString()).as("a reason").contains("outcomeReason"));
        } finally {
            build.destroy();
            build.waitFor(2, TimeUnit.MINUTES);
        }
    }

    private static long inUse(ServiceClient client, long host) {
        return client.post("/api/v1/hosts/" + host + "/sample", "")
                .get("usage")
                .get("total")
                .get("inUseBytes")
                .asLong();
    }

    /** Whether a build holds any record of the recipe. */
    private static boolean holds(ServiceClient client, String engine, BuildRecipe recipe) {
        return !client.get("/api/v1/records?q=state:in-use%20host:drift-" + engine + "%20" + recipe.token())
                .path("items")
                .isEmpty();
    }

    /** Stands upon the recipe's base, and mounts its cache mount for some seconds. */
    private Process longBuild(String engine, BuildRecipe recipe) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch AS base
                COPY busybox /bin/sh
                RUN echo %1$s-base > /base
                FROM base
                RUN --mount=type=cache,target=/cache/%1$s-mount i=0; while [ $i -lt 6000000 ]; do i=$((i+1)); done
                """.formatted(recipe.token()));
        return new ProcessBuilder(
                        "bash",
                        "src/test/engines/engines",
                        "build",
                        engine,
                        context.toString(),
                        "--output",
                        "type=cacheonly")
                .redirectErrorStream(true)
                .redirectOutput(context.resolve("log").toFile())
                .start();
    }
}
