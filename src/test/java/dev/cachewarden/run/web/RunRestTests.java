package dev.cachewarden.run.web;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.testing.TestDatabase;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What is told of runs over REST: while they go on, afterwards, and of what others did. */
@SpringBootTest(
        classes = PruneRestTests.SmallApplication.class,
        properties = {"cachewarden.prune.tick=20ms", "spring.main.banner-mode=off"})
@AutoConfigureMockMvc(addFilters = false)
@DirtiesContext
class RunRestTests {

    private static final TestDatabase database = PruneRestTests.database;

    @Autowired
    private RunEventsController events;

    @Autowired
    MockMvcTester http;

    @Autowired
    FakeFleet fleet;

    private FakeHost host;

    @BeforeEach
    void aHostWithSomeCache() {
        database.clear();
        fleet.instead = null;
        host = fleet.addStored(database, 1, "engine-1")
                .with(
                        aRecord("root").megabytes(3).record(),
                        aRecord("leaf")
                                .on("root")
                                .megabytes(2)
                                .type(RecordType.EXEC_CACHEMOUNT)
                                .record(),
                        aRecord("young").usedDaysAgo(1).record());
    }

    private void planEverything() {
        post("/api/v1/plans", """
                {"builderId": 1, "rules": [{"unusedFor": "0s"}], "limitPerRun": {"maxShare": 100}}""");
    }

    private static final String NOTHING_TO_DELETE = "{\"hostId\": 1, \"template\": \"keep-10gb\"}";

    /** A nightly {@code curl -f} does not fail on a night on which there is nothing to do. */
    @Test
    void answerWithAnEmptyRunIfThereIsNothingToDelete() {
        for (var body : List.of(
                NOTHING_TO_DELETE,
                "{\"builderId\": 1, \"rules\": [{\"unusedFor\": \"9999d\"}], \"limitPerRun\": {\"maxShare\": 100}}")) {
            assertThat(post("/api/v1/runs", body)).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                    {"state": "DONE", "planned": {"records": 0, "bytes": 0}, "deleted": {"records": 0, "bytes": 0},
                     "hostName": "host-1", "missedBytes": 0, "message": "There was nothing to delete."}""");
        }
        assertThat(get("/api/v1/runs/1")).hasStatus(200);
        assertThat(host.records).hasSize(3);
    }

    /** As generated clients do, which accept every type of the OpenAPI document. */
    @Test
    void giveJsonUnlessCsvIsPreferred() {
        assertThat(http.get()
                        .uri("/api/v1/runs")
                        .accept("application/json", "text/csv", "application/problem+json")
                        .exchange())
                .hasStatus(200)
                .hasContentTypeCompatibleWith("application/json");
        assertThat(http.get()
                        .uri("/api/v1/runs")
                        .accept("text/csv", "application/json")
                        .exchange())
                .hasContentTypeCompatibleWith("text/csv");
    }

    @Test
    void giveTheFirstRunAgainForTheSameKey() {
        assertThat(post("/api/v1/runs", NOTHING_TO_DELETE, "night-1"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.id")
                .isEqualTo(1);
        host.with(aRecord("big").bytes(20L << 30).record());

        assertThat(post("/api/v1/runs", NOTHING_TO_DELETE, "night-1"))
                .hasStatus(200)
                .bodyJson()
                .isLenientlyEqualTo("{\"id\": 1, \"planned\": {\"records\": 0}}");
        String everything = "{\"hostId\": 1, \"template\": \"everything\"}";
        assertThat(post("/api/v1/runs?countdown=PT1H", everything, "night-2"))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$.id")
                .isEqualTo(2);
        assertThat(post("/api/v1/runs?countdown=PT1H", everything, "night-2"))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$.id")
                .isEqualTo(2);
        assertDetail(
                post("/api/v1/runs", "{\"hostId\": 7, \"template\": \"everything\"}", "night-2"),
                "This Idempotency-Key was already used for host host-1, by run 2. Use a new key for another host.");
        assertDetail(
                post("/api/v1/runs", "{\"hostId\": 1, \"template\": \"unused-24h\"}", "night-2"),
                "This Idempotency-Key was already used for other rules, by run 2. Use a new key for other rules.");
    }

    @Test
    void exportARunAsOneDocument() {
        planEverything();
        host.with(aRecord("young").usedDaysAgo(0).uses(2).record());
        post("/api/v1/plans/1/run?wait=PT30S&countdown=PT0S", "");

        var export = get("/api/v1/runs/1/export");

        assertThat(export)
                .hasStatus(200)
                .hasContentTypeCompatibleWith("application/json")
                .hasHeader("Content-Disposition", "attachment; filename=\"run-1.json\"");
        assertThat(export).bodyJson().isLenientlyEqualTo("""
                {"run": {"id": 1, "state": "DONE", "requested": {"name": "ada", "address": "127.0.0.1", "token": null},
                   "missedBytes": 1000000, "diskFreeBeforeBytes": null},
                 "plan": {"id": 1, "hostName": "host-1"},
                 "records": [{"id": "leaf", "outcome": "DELETED"}, {"id": "root", "outcome": "DELETED"},
                   {"id": "young", "outcome": "SKIPPED", "outcomeReason": "Used since the plan"}]}""");
        assertDetail(get("/api/v1/runs/9/export"), "There is no run 9.");
    }

    @Test
    void streamProgressUntilTheRunEnds() throws Exception {
        planEverything();
        var inside = new CountDownLatch(1);
        fleet.instead = (order, onPruned) -> {
            await().until(() -> inside.getCount() == 0);
            return fleet.deleteAsAnEngine(order, onPruned);
        };
        post("/api/v1/plans/1/run?countdown=PT0S", "");
        var response = new MockHttpServletResponse();
        var stream = CompletableFuture.runAsync(
                () -> events.streamRunEvents(1, new MockHttpServletRequest(), response), Thread::startVirtualThread);
        await().until(() -> response.getContentAsString().contains("RUNNING"));
        inside.countDown();
        stream.orTimeout(1, TimeUnit.MINUTES).join();

        assertThat(response.getContentType()).isEqualTo("text/event-stream;charset=UTF-8");
        assertThat(response.getContentAsString())
                .containsSubsequence(
                        "event:progress\n",
                        "\"state\":\"RUNNING\",\"ended\":false",
                        "\"planned\":{\"records\":3,\"bytes\":6000000}",
                        "event:progress\n",
                        "\"state\":\"DONE\",\"ended\":true")
                .endsWith("}\n\n");
    }

    @Test
    void streamOneEventForARunThatHasEnded() {
        planEverything();
        post("/api/v1/plans/1/run?wait=PT30S&countdown=PT0S", "");

        var stream = http.get().uri("/api/v1/runs/1/events").exchange();

        assertThat(stream)
                .hasStatus(200)
                .bodyText()
                .containsOnlyOnce("event:progress")
                .contains("\"ended\":true");
        assertDetail(get("/api/v1/runs/9/events"), "There is no run 9.");
    }

    @Test
    void listPrunesByOthers() {
        database.jdbc().update("""
                insert into external_prune (builder_id, since, at, record_count, total_bytes, known, event_at, reported_bytes)
                values (1, '2026-09-01T11:00Z', '2026-09-01T11:01Z', 7, 7000000, 'EVENT', '2026-09-01T11:00:30Z', 6000000),
                    (1, null, '2026-09-01T10:00Z', 1, 1, 'DISAPPEARED', null, null)""");

        assertThat(get("/api/v1/builders/1/external-prunes")).bodyJson().isStrictlyEqualTo("""
                {"items": [{"builderId": 1, "since": "2026-09-01T11:00:00Z", "at": "2026-09-01T11:01:00Z", "records": 7,
                   "bytes": 7000000, "known": "EVENT", "eventAt": "2026-09-01T11:00:30Z", "reportedBytes": 6000000},
                 {"builderId": 1, "since": null, "at": "2026-09-01T10:00:00Z", "records": 1, "bytes": 1, "known": "DISAPPEARED",
                   "eventAt": null, "reportedBytes": null}], "next": null}""");
        assertDetail(get("/api/v1/builders/7/external-prunes"), "There is no builder 7.");
    }

    private MvcTestResult get(String uri) {
        return http.get().uri(uri).exchange();
    }

    private MvcTestResult post(String uri, String body) {
        return post(uri, body, null);
    }

    private MvcTestResult post(String uri, String body, @Nullable String key) {
        Principal ada = () -> "ada";
        var request = http.post()
                .uri(uri)
                .principal(ada)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
        return (key == null ? request : request.header("Idempotency-Key", key)).exchange();
    }

    private static void assertDetail(MvcTestResult answer, String detail) {
        assertThat(answer).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }
}
