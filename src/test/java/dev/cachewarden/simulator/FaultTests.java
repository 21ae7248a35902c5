package dev.cachewarden.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.simulator.cache.RecordDraft;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.simulator.state.Fault;
import dev.cachewarden.simulator.state.Fault.Lie;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] REQUEST =
            "GET /v1.51/system/df HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    /** For what never comes. */
    private static final Duration MOMENT = Duration.ofMillis(200);

    /** For what comes, and ends the wait. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final EngineNetwork network = new EngineNetwork();
    private final SimulatedEngine engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 1, () -> NOW);
    private final RawHttp http = new RawHttp(engine.address());

    @BeforeEach
    void fill() {
        engine.cache().add(RecordDraft.of("regular", "pulled from alpine", 100).used(NOW, 3));
    }

    @AfterEach
    void close() {
        engine.close();
        network.close();
    }

    @Test
    void aDownEngineRefusesConnectionsUntilItRecoversAtTheSameAddress() {
        assertThat(df()).contains("alpine");
        engine.inject(new Fault.Down());
        assertThatThrownBy(() -> http.exchange(REQUEST, MOMENT)).isInstanceOf(ConnectException.class);
        engine.recover();
        assertThat(df()).contains("alpine");
    }

    @Test
    void aDownEngineTakesItsSocketAway(@TempDir Path directory) {
        var socket = directory.resolve("docker.sock");
        try (var local = SimulatedEngine.onSocket(network, EngineGeneration.ENGINE_20_10, 2, () -> NOW, socket)) {
            assertThat(socket).satisfies(path -> assertThat(Files.exists(path)).isTrue());
            local.inject(new Fault.Down());
            assertThat(Files.exists(socket)).isFalse();
            local.recover();
            assertThat(Files.exists(socket)).isTrue();
        }
    }

    @Test
    void aHungEngineAcceptsAndNeverAnswers() throws IOException {
        engine.inject(new Fault.Hung());
        assertThat(http.exchange(REQUEST, MOMENT)).isEmpty();
        engine.recover();
        engine.inject(new Fault.Hung("/system/df"));
        assertThat(http.exchange(REQUEST, MOMENT)).isEmpty();
        assertThat(http.ask("GET", "/_ping").body()).isEqualTo("OK");
    }

    @Test
    void aSlowEngineAnswersLate() {
        var late = Duration.ofMillis(300);
        engine.inject(new Fault.Slow(late));
        var begun = System.nanoTime();
        assertThat(df()).contains("alpine");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(late);
    }

    @Test
    void aTricklingBodyComesInDropsAndWhole() {
        var between = Duration.ofMillis(50);
        engine.inject(new Fault.Trickling(40, between));
        var begun = System.nanoTime();
        var body = df();
        assertThat(body).endsWith("\"UsageCount\":3}]}\n");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(between.multipliedBy(body.length() / 40 - 1));
    }

    @Test
    void aCutBodyEndsInTheMiddle() throws IOException {
        engine.inject(new Fault.CutBody(60, ""));
        assertThat(text(http.exchange(REQUEST, LONG)))
                .endsWith("{\"LayersSize\":0,\"Images\":[],\"Containers\":[],\"Volumes\":[],\"Bu\r\n");
        assertThatThrownBy(this::df).hasMessageContaining("chunked transfer encoding");
    }

    @Test
    void aHugeAnswerIsAsLongAsAsked() {
        engine.inject(new Fault.Huge(30_000_000));
        assertThat(df()).startsWith("{\"BuildCache\":[{\"ID\":\"aaaa").hasSize(30_000_000);
    }

    @ParameterizedTest
    @CsvSource({"500, something broke", "503, service unavailable"})
    void refusingEngineGivesAReasonAndCountsRequests(int status, String message) {
        engine.inject(new Fault.Refusing(status, message, "/build/prune"));
        var answer = http.ask("POST", "/v1.51/build/prune");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"message\":\"" + message + "\"}\n");
        assertThat(engine.requests().count("POST /build/prune")).isEqualTo(1);
        assertThat(df()).contains("alpine");
    }

    @Test
    void aWebServerIsNoEngine() {
        engine.inject(new Fault.NotAnEngine(200));
        var answer = http.ask("GET", "/_ping");
        assertThat(answer.body()).startsWith("<!DOCTYPE html>");
        assertThat(answer.headers().firstValue("Api-Version")).isEmpty();
        assertThat(answer.headers().firstValue("Server")).contains("nginx");
    }

    @Test
    void aProxyMayAnswerInPlaceOfTheEngine() {
        engine.inject(new Fault.HtmlInstead("/system/df"));
        assertThat(df()).startsWith("<!DOCTYPE html>");
        assertThat(http.get("/info").get("ID").stringValue()).isEqualTo(engine.id());
    }

    @Test
    void aTlsPortAnswersPlainWithAnAlertOrInGosWords() throws IOException {
        engine.inject(new Fault.TlsAlert());
        assertThat(http.exchange(REQUEST, LONG)).startsWith(0x15, 0x03).hasSize(7);
        engine.recover();
        engine.inject(new Fault.TlsOfGo());
        assertThat(text(http.exchange(REQUEST, LONG)))
                .isEqualTo("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
    }

    @Test
    void returnsTheInjectedLies() {
        lie(Lie.MISSING_KEYS);
        assertThat(df()).doesNotContain("\"ID\"").doesNotContain("\"Size\"");
        lie(Lie.NUMBERS_OUT_OF_RANGE);
        assertThat(df()).contains("\"Size\":9223372036854775808").contains("\"UsageCount\":-5");
        lie(Lie.UNKNOWN_TYPES);
        assertThat(df()).contains("\"Type\":\"quantum.foam\"");
        lie(Lie.YEAR_ONE);
        assertThat(df()).contains("\"CreatedAt\":\"0001-01-01T00:00:00Z\",\"LastUsedAt\":\"0001-01-01T00:00:00Z\"");
        lie(Lie.REPEATED_IDS);
        assertThat(http.get("/v1.51/system/df").get("BuildCache")).hasSize(2);
    }

    @Test
    void anotherEngineMayAnswerAtTheAddress() {
        engine.replaceId("ffffffff-0000-0000-0000-000000000000");
        assertThat(http.get("/info").get("ID").stringValue()).startsWith("ffffffff-");
    }

    @Test
    void aPruneOverHttpMayBreakOff() {
        engine.cache().add(RecordDraft.of("regular", "", 1));
        engine.inject(new Fault.CutPrune(1));
        assertThatThrownBy(() -> http.prune("/v1.51", "{}", "")).hasMessageContaining("received no bytes");
        assertThat(engine.cache().size()).isEqualTo(1);
        assertThat(engine.requests().count("POST /build/prune")).isEqualTo(1);
    }

    private void lie(Lie lie) {
        engine.inject(new Fault.Lying(lie));
    }

    private String df() {
        return http.ask("GET", "/v1.51/system/df").body();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
