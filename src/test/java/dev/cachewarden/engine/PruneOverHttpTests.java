package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostProblem.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to an engine without gRPC, and what is made of its answers. */
class PruneOverHttpTests {

    private static final String PRUNE = "POST /v1.51/build/prune?";
    private static final String NOTHING = Recorded.text("docker/prune-nothing-28.5.json");

    private static EnginePorts ports;
    private ScriptedServer server;

    @BeforeAll
    static void open() {
        ports = EnginePorts.open(
                Map.of("cachewarden.engine.prune-timeout", "5m", "cachewarden.engine.prune-idle-timeout", "1m"));
    }

    @AfterAll
    static void close() {
        ports.close();
    }

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.engine();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsOneAnchoredIdACall() {
        server.onJson(PRUNE, NOTHING);

        prune(List.of("abc", "de1"), it -> {});

        assertThat(server.requests())
                .containsExactly(
                        "GET /v1.51/info",
                        "POST /v1.51/build/prune?all=1&filters=%7B%22id%22%3A%5B%22%5Eabc%24%22%5D%7D",
                        "POST /v1.51/build/prune?all=1&filters=%7B%22id%22%3A%5B%22%5Ede1%24%22%5D%7D");
    }

    @Test
    void reportsTheRecordsThatTheEngineDeleted() {
        server.onJson(PRUNE + "all=1&filters=%7B%22id%22%3A%5B%22%5Eabc", deleted("\"abc\"", 70))
                .onJson(PRUNE + "all=1&filters=%7B%22id%22%3A%5B%22%5Ede1", NOTHING);

        var report = prune(List.of("abc", "de1"), it -> {});

        assertThat(report.pruned()).containsExactly(new PrunedRecord("abc", new ByteSize(70)));
        assertThat(report.spaceReclaimed()).isEqualTo(new ByteSize(70));
        assertThat(report.method()).isEqualTo(PruneReport.Method.HTTP_ONE_BY_ONE);
    }

    /** What else does such an engine do? The records that were named are reported, and nothing further is sent. */
    @Test
    void anEngineThatReportsOtherRecordsIsSentNothingFurther() {
        server.onJson(PRUNE, deleted("\"zzz\",\"abc\"", 70));
        var reported = new ArrayList<PrunedRecord>();

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> prune(List.of("abc", "de1"), reported::add))
                .withMessage("ci-1 at " + server.address()
                        + " returned an invalid response to the prune: it reports record zzz as"
                        + " deleted, which was not requested; no further requests were sent");

        assertThat(reported).containsExactly(new PrunedRecord("abc", null));
        assertThat(server.requests()).filteredOn(it -> it.startsWith("POST")).hasSize(1);
    }

    @Test
    void reportsADuplicateRecordOnce() {
        server.onJson(PRUNE, deleted("\"abc\",\"abc\"", 70));

        assertThat(prune(List.of("abc"), it -> {}).pruned()).containsExactly(new PrunedRecord("abc", null));
    }

    @Test
    void aSizeBeyondAllDisksIsNotBelieved() {
        server.onJson(PRUNE, deleted("\"abc\"", Long.MAX_VALUE));
        var reported = new ArrayList<PrunedRecord>();

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> prune(List.of("abc", "de1"), reported::add))
                .withMessageEndingWith(
                        "it reports more than 64 PiB reclaimed, which is larger than any disk; no further requests"
                                + " were sent");

        assertThat(reported).as("of unknown size").containsExactly(new PrunedRecord("abc", null));
    }

    @Test
    void postIsNeverRepeated() {
        server.on(PRUNE, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(() -> prune(List.of("abc"), it -> {}))
                .withMessage("ci-1 refused POST /v1.51/build/prune with 503");

        assertThat(server.requests()).filteredOn(it -> it.startsWith("POST")).hasSize(1);
    }

    @Test
    void postIsNotRepeatedWhenTheConnectionBreaks() {
        server.on(PRUNE, out -> {});

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> prune(List.of("abc"), it -> {}))
                .withMessage("ci-1 at " + server.address()
                        + " returned an invalid response to POST /v1.51/build/prune: the connection was"
                        + " closed without a response");

        assertThat(server.requests()).filteredOn(it -> it.startsWith("POST")).hasSize(1);
    }

    @Test
    void anotherEngineIsLeftAlone() {
        server.onJson(
                "GET /v1.51/info", Recorded.text("docker/info-28.5.json").replace(Capabilities.ENGINE_ID, "another"));

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> prune(List.of("abc"), it -> {}))
                .withMessage(
                        "ci-1 at " + server.address() + " is now engine another instead of " + Capabilities.ENGINE_ID
                                + ". Nothing was deleted. If the engine was reinstalled, remove the host and add it"
                                + " again")
                .satisfies(thrown -> assertThat(thrown.problem().cause()).isEqualTo(Cause.DIFFERENT_ENGINE));

        assertThat(server.requests()).containsExactly("GET /v1.51/info");
    }

    @Test
    void silentEngineIsGivenUp() {
        try (var impatient = EnginePorts.open(Map.of("cachewarden.engine.prune-idle-timeout", "1s"))) {
            assertThatExceptionOfType(EngineUnreachableException.class)
                    .isThrownBy(() -> impatient.pruner().prune(order(List.of("abc", "de1")), it -> {}))
                    .withMessage("ci-1 at " + server.address()
                            + " did not respond to POST /v1.51/build/prune within 1 s. The engine may be overloaded");
        }

        assertThat(server.requests()).filteredOn(it -> it.startsWith("POST")).hasSize(1);
    }

    @Test
    void interruptStopsBetweenRecords() throws InterruptedException {
        server.onJson(PRUNE, deleted("\"abc\"", 70));
        var reported = new ArrayList<PrunedRecord>();
        var thrown = new AtomicReference<Throwable>();
        var pruning = Thread.ofVirtual()
                .start(() -> thrown.set(catchThrowableOfType(
                        EngineUnreachableException.class,
                        () -> prune(List.of("abc", "de1", "fg2"), record -> {
                            reported.add(record);
                            Thread.currentThread().interrupt();
                        }))));
        pruning.join();

        assertThat(thrown.get())
                .hasMessage(
                        "The request to ci-1 at " + server.address() + " for POST /v1.51/build/prune was interrupted");
        assertThat(reported).hasSize(1);
    }

    private PruneReport prune(List<String> ids, Consumer<PrunedRecord> onPruned) {
        return ports.pruner().prune(order(ids), onPruned);
    }

    private PruneOrder order(List<String> ids) {
        return new PruneOrder(server.connection(), Capabilities.ofEngine("1.51"), Capabilities.ENGINE_ID, ids);
    }

    private static String deleted(String ids, long bytes) {
        return "{\"CachesDeleted\":[" + ids + "],\"SpaceReclaimed\":" + bytes + "}";
    }
}
