package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.engine.BuildRecipe;
import dev.cachewarden.engine.EngineUnderTest;
import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.testing.EngineCommand;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole, as a script uses it: real engines of three generations, a real PostgreSQL, REST with a token. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WholeIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final List<String> ENGINES = List.of("20.10", "26.1", "28.5");

    /** Docker prints four significant digits. */
    private static final double AS_PRINTED = 0.001;

    private final JsonMapper json = JsonMapper.builder().build();

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    private WebClient client = new WebClient(1);
    private final Map<String, Long> hosts = new HashMap<>();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
    }

    @BeforeEach
    void registerTheEngines() {
        ENGINES.forEach(RealEngines::connection);
        var token = tokens.issue(
                "whole", Set.of(Scope.READ, Scope.PREVIEW, Scope.PRUNE, Scope.ADMIN), null, database.tokenOwner());
        client = new WebClient(port).with("Authorization", "Bearer " + token.secret());
        for (String engine : ENGINES) {
            build(engine);
            var host = post(
                    "/api/v1/hosts",
                    """
                    {"name": "engine-%s", "address": "%s", "labels": {"env": "whole"}, "pollInterval": "5s"}""".formatted(
                            engine, RealEngines.connection(engine).address().text()),
                    201);
            hosts.put(engine, host.get("id").asLong());
            // BuildKit takes the first reading after a build for a use of its cache mounts.
            sample(engine);
            // A busy builder lets go of a build's records a little after its command has ended.
            await().atMost(Duration.ofMinutes(2)).until(() -> inUse(engine) == 0);
        }
    }

    @AfterEach
    void forgetTheEngines() {
        get("/api/v1/policies")
                .get("items")
                .forEach(policy -> delete("/api/v1/policies/" + policy.get("id").asLong()));
        hosts.values().forEach(id -> delete("/api/v1/hosts/" + id));
    }

    @Test
    void totalsAreThoseOfDockersOwnTools() {
        for (String engine : ENGINES) {
            var total = sample(engine).get("usage").get("total");
            long notShared =
                    total.get("totalBytes").asLong() - total.get("sharedBytes").asLong();
            var systemDf = EngineCommand.systemDf(engine);
            assertThat((double) notShared)
                    .as("docker system df, size, on %s", engine)
                    .isCloseTo(systemDf.size(), within(systemDf.size() * AS_PRINTED + 1));
            assertThat((double) total.get("reclaimableBytes").asLong())
                    .as("docker system df, reclaimable, on %s", engine)
                    .isCloseTo(systemDf.reclaimable(), within(systemDf.reclaimable() * AS_PRINTED + 1));
        }
        for (String engine : List.of("26.1", "28.5")) {
            var total = sample(engine).get("usage").get("total");
            double du = EngineCommand.buildxDuTotal(engine);
            assertThat((double) total.get("totalBytes").asLong())
                    .as("docker buildx du, total, on %s", engine)
                    .isCloseTo(du, within(du * AS_PRINTED + 1));
        }
    }

    @Test
    void historyGrowsWithEachReading() {
        for (String engine : ENGINES) {
            long before = samples(engine);
            sample(engine);
            assertThat(samples(engine)).isGreaterThan(before);
        }
    }

    @Test
    void cronPolicyPrunesExactlyThePreviewedRecords() {
        long policy = post("/api/v1/policies", """
                {"name": "mounts and steps", "mode": "ENFORCE", "scope": {"env": "whole"}, "cron": "* * * * *",
                 "rules": [{"types": ["exec.cachemount"]%s}, {"types": ["regular"], "maxUsedSpace": "20kB"}],
                 "limitPerRun": {"maxShare": 100}, "enabled": false}""".formatted(", \"unusedFor\": \"0s\""), 201)
                .get("id")
                .asLong();
        var previews = new HashMap<String, Set<String>>();
        post("/api/v1/policies/" + policy + "/plan", "", 200).get("items").forEach(outcome -> {
            var plan = outcome.get("plan");
            previews.put(
                    plan.get("hostName").asString(),
                    recordsOf("/api/v1/plans/" + plan.get("id").asLong(), ""));
        });
        assertThat(previews)
                .hasSize(ENGINES.size())
                .allSatisfy((host, ids) -> assertThat(ids).as(host).isNotEmpty());

        enable(policy);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> ended(policy));

        for (var run : runs(policy)) {
            String host = run.get("hostName").asString();
            assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("DONE");
            assertThat(recordsOf("/api/v1/runs/" + run.get("id").asLong(), "&outcome=DELETED"))
                    .as("deleted on %s, as its preview listed", host)
                    .isEqualTo(previews.get(host));
            assertThat(present(run.get("hostId").asLong()))
                    .as("still there on %s", host)
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(previews.getOrDefault(host, Set.of()));
        }
    }

    @Test
    void policyOfFourRulesRunsAsPreviewedOnEachEngine() {
        long policy = post("/api/v1/policies", """
                {"name": "four rules", "mode": "ENFORCE", "scope": "env=whole", "pins": ["description~=t[0-9a-f]+-base"],
                 "rules": [{"types": ["source.local"], "unusedFor": "0s"},
                           {"types": ["exec.cachemount"], "filters": ["mountTarget~=^/cache/"], "maxUsedSpace": "0B"},
                           {"maxUsedSpace": "1.99MB", "measure": "WHOLE_CACHE", "order": "BUILDKIT"},
                           {"unusedFor": "365d", "reservedSpace": "1GB", "includeInternal": true}],
                 "limitPerRun": {"maxShare": 100}}""", 201).get("id").asLong();
        var previews = new HashMap<String, Set<String>>();
        post("/api/v1/policies/" + policy + "/plan", "", 200).get("items").forEach(outcome -> {
            var plan = outcome.get("plan");
            previews.put(
                    plan.get("hostName").asString(),
                    recordsOf("/api/v1/plans/" + plan.get("id").asLong(), ""));
        });

        post("/api/v1/policies/" + policy + "/run?countdown=PT0S", "", 202);
        await().atMost(Duration.ofMinutes(2)).until(() -> ended(policy));

        for (var run : runs(policy)) {
            String as = run.toString();
            assertThat(run.get("state").asString()).as(as).isEqualTo("DONE");
            assertThat(recordsOf("/api/v1/runs/" + run.get("id").asLong(), "&outcome=DELETED"))
                    .as(as)
                    .isNotEmpty()
                    .isEqualTo(previews.get(run.get("hostName").asString()));
            var left = get("/api/v1/records?q=host:" + run.get("hostName").asString() + "&limit=1000");
            assertThat(left.toString()).as("pinned").containsPattern("t[0-9a-f]+-base");
        }
    }

    @Test
    void guidesOwnPrunesAreOneCallEach() {
        for (String engine : ENGINES) {
            long host = hosts.getOrDefault(engine, 0L);
            for (String template : List.of("unused-24h", "unused-168h-keep-10gb", "keep-10gb")) {
                var empty = post("/api/v1/runs", """
                        {"hostId": %d, "template": "%s"}""".formatted(host, template), 200);
                assertThat(empty.at("/planned/records").asInt(-1)).as(template).isZero();
                assertThat(empty.at("/state").asString()).as(template).isEqualTo("DONE");
            }
            String one = get("/api/v1/records?q=type:exec.cachemount%20host:engine-" + engine + "&limit=1")
                    .get("items")
                    .get(0)
                    .get("id")
                    .asString();
            var single = post("/api/v1/runs?countdown=PT0S&wait=PT60S", """
                    {"hostId": %d, "template": "record", "recordId": "%s"}""".formatted(host, one), 200);
            assertThat(single.get("state").asString()).as(single.toString()).isEqualTo("DONE");
            assertThat(present(host)).doesNotContain(one).isNotEmpty();

            var all = post("/api/v1/runs?countdown=PT0S&wait=PT60S", """
                    {"hostId": %d, "template": "everything"}""".formatted(host), 200);
            String notDeleted = notDeleted(all.get("id").asLong());
            assertThat(all.get("state").asString())
                    .as("%s, %s", all, notDeleted)
                    .isEqualTo("DONE");
            assertThat(present(host)).as("left on %s by %s", engine, notDeleted).isEmpty();
        }
    }

    @Test
    void planMadeAndRunByRestDeletesExactlyItsRecords() {
        for (String engine : ENGINES) {
            long host = hosts.getOrDefault(engine, 0L);
            var before = present(host);
            var plan = post("/api/v1/plans", """
                    {"hostId": %d, "rules": [{"types": ["regular"], "maxUsedSpace": "20kB"}], "limitPerRun": {"maxShare": 100}}""".formatted(host), 201);
            var planned = recordsOf("/api/v1/plans/" + plan.get("id").asLong(), "");
            assertThat(planned).isNotEmpty();

            var run = post("/api/v1/plans/" + plan.get("id").asLong() + "/run?countdown=PT0S&wait=PT60S", "", 200);

            assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("DONE");
            assertThat(run.get("deleted").get("records").asInt()).isEqualTo(planned.size());
            var after = new TreeSet<>(before);
            after.removeAll(planned);
            assertThat(present(host)).as("left on %s", engine).isEqualTo(after);
        }
    }

    private static void build(String engine) {
        // What a probe must find there is the contract's concern.
        RealEngines.named(
                        engine,
                        new EngineUnderTest.Expected("", "", "", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, false))
                .build(BuildRecipe.unique(12, 3, "pip"));
    }

    private String notDeleted(long run) {
        String records = "/api/v1/runs/" + run + "/records?limit=1000&outcome=";
        return get(records + "SKIPPED") + " " + get(records + "FAILED");
    }

    private JsonNode sample(String engine) {
        var reading = post("/api/v1/hosts/" + hosts.get(engine) + "/sample", "", 200);
        assertThat(reading.get("read").asBoolean()).as(reading.toString()).isTrue();
        return reading;
    }

    private long inUse(String engine) {
        return sample(engine).get("usage").get("total").get("inUseBytes").asLong();
    }

    private long samples(String engine) {
        long builder = get("/api/v1/hosts/" + hosts.get(engine))
                .get("builders")
                .get(0)
                .get("id")
                .asLong();
        return get("/api/v1/builders/" + builder + "/usage?points=1000")
                .get("items")
                .size();
    }

    private void enable(long policy) {
        var stored = get("/api/v1/policies/" + policy).toString().replace("\"enabled\":false", "\"enabled\":true");
        var answer = client.json("PUT", "/api/v1/policies/" + policy, stored);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private boolean ended(long policy) {
        var runs = runs(policy);
        return runs.size() >= ENGINES.size()
                && runs.stream().noneMatch(run -> run.get("endedAt").isNull());
    }

    /** The first run on each host. */
    private List<JsonNode> runs(long policy) {
        return get("/api/v1/runs?policy=" + policy)
                .get("items")
                .valueStream()
                .collect(Collectors.toMap(
                        run -> run.get("hostId").asLong(),
                        run -> run,
                        (one, other) -> one.get("id").asLong() < other.get("id").asLong() ? one : other))
                .values()
                .stream()
                .toList();
    }

    private Set<String> present(long host) {
        sampleHost(host);
        return ids("/api/v1/records?q=host:" + nameOf(host) + "&limit=1000");
    }

    private String nameOf(long host) {
        return get("/api/v1/hosts/" + host).get("name").asString();
    }

    private void sampleHost(long host) {
        post("/api/v1/hosts/" + host + "/sample", "", 200);
    }

    private Set<String> recordsOf(String planOrRun, String filter) {
        return ids(planOrRun + "/records?limit=1000" + filter);
    }

    /** Follows a list to its end. */
    private Set<String> ids(String path) {
        var ids = new TreeSet<String>();
        for (var page = get(path);
                ;
                page = get(path + "&after=" + page.get("next").asString())) {
            page.get("items").forEach(record -> ids.add(record.get("id").asString()));
            if (page.get("next") == null || page.get("next").isNull()) {
                return ids;
            }
        }
    }

    private JsonNode get(String path) {
        var answer = client.get(path);
        assertThat(answer.statusCode()).as("GET %s: %s", path, answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private JsonNode post(String path, String body, int status) {
        var answer = client.json("POST", path, body);
        assertThat(answer.statusCode()).as("POST %s: %s", path, answer.body()).isEqualTo(status);
        return json.readTree(answer.body());
    }

    private void delete(String path) {
        assertThat(client.json("DELETE", path, null).statusCode())
                .as("DELETE %s", path)
                .isEqualTo(204);
    }
}
