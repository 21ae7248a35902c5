package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.history.store.BuilderReading;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.prune.plan.PrunePlanner;
import dev.cachewarden.prune.plan.rule.Ceiling;
import dev.cachewarden.prune.plan.rule.PruneRule;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.text.CleanText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * An engine that varies every field of every response by rule. Whatever it sends, its host is read rightly and stored, or is unreachable
 * with a reason that can be shown and stored; only records of the order are asked to be deleted; and another host is read as before.
 *
 * <p>Takes minutes, so it runs in the long profile only. {@code cachewarden.test.malicious-engine} says which variation of a field is tried:
 * 1 is each, 9 every ninth.
 */
@Timeout(900)
@EnabledIfSystemProperty(named = "cachewarden.test.malicious-engine", matches = "\\d+")
class MaliciousEngineIntegrationTests {

    private static final int EVERY = Integer.getInteger("cachewarden.test.malicious-engine", 9);
    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final BuilderId BUILDER = new BuilderId(1);
    private static final String ID = "selfselfselfselfself12345";

    private static final String DF = """
            {"BuildCache":[{"ID":"%s","Parents":["rootrootrootrootroot12345"],"Parent":"","Type":"regular",
            "Description":"[build 2/3] RUN make","InUse":false,"Shared":false,"Size":4096,
            "CreatedAt":"2026-03-01T10:00:00Z","LastUsedAt":"2026-03-02T10:00:00.5Z","UsageCount":3},
            {"ID":"rootrootrootrootroot12345","Type":"regular","Description":"[build 1/3] COPY . .","InUse":false,
            "Shared":false,"Size":10,"CreatedAt":"2026-03-01T09:00:00Z","LastUsedAt":null,"UsageCount":0}]}""".formatted(ID);

    private static final String VERSION =
            "{\"Version\":\"28.5.2\",\"ApiVersion\":\"1.51\",\"MinAPIVersion\":\"1.24\",\"Os\":\"linux\"}";

    private static final String INFO = """
            {"ID":"%s","Name":"ci","KernelVersion":"6.12","DockerRootDir":"/var/lib/docker","Driver":"overlay2",
            "DriverStatus":[["a","b"]],"OperatingSystem":"Debian","Architecture":"x86_64","OSType":"linux",
            "SystemTime":"2026-03-08T12:00:00Z"}""".formatted(Capabilities.ENGINE_ID);

    private static final String PRUNE = "{\"CachesDeleted\":[\"" + ID + "\"],\"SpaceReclaimed\":4096}";
    private static final String EVENT = """
            {"Type":"builder","Action":"prune","Actor":{"ID":"","Attributes":{"reclaimed":"3000"}},"time":1771588976,
            "timeNano":1771588976501459806}""";

    @RegisterExtension
    static final HistoryContext history = HistoryContext.at(NOON.toString());

    private static EnginePorts ports;
    private static EnginePorts impatient;
    private static ScriptedServer healthy;
    private static int readings;

    @BeforeAll
    static void open() throws IOException {
        ports = EnginePorts.open(Map.of());
        // Many responses never end; that a slow machine takes for one of them what does end changes nothing.
        impatient = EnginePorts.open(Map.of(
                "cachewarden.engine.max-answer-size",
                "4MB",
                "cachewarden.engine.call-timeout",
                "500ms",
                "cachewarden.engine.prune-timeout",
                "1s",
                "cachewarden.engine.prune-idle-timeout",
                "500ms"));
        healthy = ScriptedServer.engine().onJson("GET /v1.51/system/df", DF);
    }

    @AfterAll
    static void close() {
        ports.close();
        impatient.close();
        healthy.close();
    }

    @BeforeEach
    void startEmpty() {
        history.clear();
        history.addBuilder("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "info", "df", "events", "prune"})
    void everyFieldOfEveryResponse(String response) throws IOException {
        int n = 0;
        for (var odd : OddJson.of(document(response)).entrySet()) {
            boolean whole = !odd.getKey().startsWith("/");
            if (whole || n++ % EVERY == 0) {
                try (var server = engine()) {
                    server.onJson(request(response), odd.getValue().get());
                    survives(response + ": " + odd.getKey(), server, impatient);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "version", "info", "df", "events", "prune"})
    void everyFormOfEveryResponse(String response) throws IOException {
        for (var form :
                forms(response.equals("ping") ? "OK" : document(response)).entrySet()) {
            try (var server = engine()) {
                server.on(request(response), form.getValue());
                survives(response + ": " + form.getKey(), server, impatient);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "version", "info", "df"})
    void everyResponseThatNeverEnds(String response) throws IOException {
        var over = new CountDownLatch(1);
        for (String before : List.of("", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\n\r\n{")) {
            try (var server = engine()) {
                server.on(request(response), out -> {
                    out.write(before.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    await(over);
                });
                survives(response + " ends after: " + before, server, impatient);
            }
        }
        over.countDown();
    }

    @Test
    void headersOfThePing() throws IOException {
        for (String value :
                List.of("", "abc", "9999.9999", "1.51\0", "-1", "1." + "5".repeat(5_000), "1.51, 1.40", "0.0")) {
            for (String header : List.of("Api-Version", "Builder-Version", "Libpod-Api-Version", "Content-Length")) {
                try (var server = engine()) {
                    server.on(
                            "HEAD /_ping",
                            "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\n" + header + ": " + value + "\r\n\r\n");
                    survives(header + ": " + value, server, impatient);
                }
            }
        }
    }

    private static ScriptedServer engine() throws IOException {
        return ScriptedServer.engine()
                .onJson("GET /version", VERSION)
                .onJson("GET /v1.51/info", INFO)
                .onJson("GET /v1.51/system/df", DF)
                .onJson("GET /v1.51/events", EVENT)
                .onJson("POST /v1.51/build/prune", PRUNE);
    }

    private static String document(String response) {
        return switch (response) {
            case "version" -> VERSION;
            case "info" -> INFO;
            case "df" -> DF;
            case "events" -> EVENT;
            case "prune" -> PRUNE;
            default -> throw new IllegalArgumentException(response);
        };
    }

    private static String request(String response) {
        return switch (response) {
            case "ping" -> "HEAD /_ping";
            case "version" -> "GET /version";
            case "info" -> "GET /v1.51/info";
            case "df" -> "GET /v1.51/system/df";
            case "events" -> "GET /v1.51/events";
            case "prune" -> "POST /v1.51/build/prune";
            default -> throw new IllegalArgumentException(response);
        };
    }

    /** The same document over HTTP that is not as it should be. */
    private static Map<String, ScriptedServer.Script> forms(String document) {
        var forms = new LinkedHashMap<String, ScriptedServer.Script>();
        for (int status : new int[] {100, 101, 204, 206, 301, 302, 307, 400, 401, 404, 418, 429, 500, 503, 599, 999}) {
            forms.put(
                    "status " + status,
                    bytes("HTTP/1.1 " + status + " hunter2hunter2\r\nApi-Version: 1.51\r\nRetry-After: 1"
                            + "\r\nLocation: http://127.0.0.1:1/hunter2hunter2\r\nConnection: close\r\n\r\n"
                            + document));
        }
        String ok = "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\n";
        forms.put("nothing", bytes(""));
        forms.put("another protocol", bytes("SSH-2.0-hunter2hunter2\r\n"));
        forms.put("HTTP of another version", bytes("HTTP/9.9 200 OK\r\n\r\n" + document));
        forms.put("no status", bytes("HTTP/1.1 OK\r\n\r\n" + document));
        forms.put("no blank line", bytes(ok));
        forms.put("longer than it says", bytes(ok + "Content-Length: 3\r\n\r\n" + document));
        forms.put("shorter than it says", bytes(ok + "Content-Length: 99999\r\n\r\n" + document));
        forms.put("negative length", bytes(ok + "Content-Length: -1\r\n\r\n" + document));
        forms.put("length that is no number", bytes(ok + "Content-Length: many\r\n\r\n" + document));
        forms.put("bad chunk", bytes(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + document));
        forms.put("large chunk", bytes(ok + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n" + document));
        forms.put("cut chunk", bytes(ok + "Transfer-Encoding: chunked\r\n\r\nffff\r\n" + document));
        forms.put("gzip that is none", bytes(ok + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + document));
        forms.put("headers without end", endless(ok, "X-A: b\r\n"));
        forms.put("a header without end", endless(ok + "X-A: ", "aaaaaaaa"));
        forms.put("a status line without end", endless("HTTP/1.1 200 ", "aaaaaaaa"));
        forms.put("a body without end", endless(ok + "\r\n{\"x\":\"", "aaaaaaaa"));
        forms.put("blanks without end", endless(ok + "\r\n", "        "));
        forms.put("lists without end", endless(ok + "\r\n{\"x\":", "[[[[[[[["));
        forms.put("trailers without end", endless(ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-A: b\r\n"));
        forms.put("interim responses without end", endless("", "HTTP/1.1 103 Hints\r\n\r\n"));
        return forms;
    }

    private static ScriptedServer.Script bytes(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** 16 MiB, which is more than any bound lets through. */
    private static ScriptedServer.Script endless(String before, String more) {
        return (OutputStream out) -> {
            out.write(before.getBytes(StandardCharsets.US_ASCII));
            var part = more.repeat(8_192).getBytes(StandardCharsets.US_ASCII);
            for (long sent = 0; sent < 16 << 20; sent += part.length) {
                out.write(part);
            }
        };
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void survives(String what, ScriptedServer server, EnginePorts asking) throws IOException {
        switch (asking.prober().probe(server.connection())) {
            case ProbeResult.Failed failed ->
                assertShowable(what, failed.trouble().message());
            case ProbeResult.Reached reached -> {
                String json = new JsonMapper().writeValueAsString(reached.capabilities());
                assertThat(history.jdbc().queryForObject("select length((?::jsonb)::text)", Integer.class, json))
                        .as(what)
                        .isBetween(2, 40_000);
            }
        }
        read(what, server, asking);
        listen(what, server, asking);
        prune(what, server, asking);
        assertThat(ports.reader()
                        .read(healthy.connection(), Capabilities.ofEngine("1.51"))
                        .records())
                .as("another host after " + what)
                .hasSize(2);
    }

    private static void read(String what, ScriptedServer server, EnginePorts asking) {
        List<CacheRecord> records;
        try {
            records = asking.reader()
                    .read(server.connection(), Capabilities.ofEngine("1.51"))
                    .records();
        } catch (EngineUnreachableException | EngineRefusedException e) {
            assertShowable(what, String.valueOf(e.getMessage()));
            return;
        }
        var takenAt = NOON.plusSeconds(++readings);
        BuilderReading reading;
        try {
            reading = BuilderReading.of(new HostId(1), BUILDER, takenAt, Duration.ofMillis(5), records);
        } catch (IllegalArgumentException e) {
            assertShowable(what, String.valueOf(e.getMessage()));
            return;
        }
        assertThat(history.get(ReadingStore.class).store(reading, true))
                .as(what)
                .isNotNull();
        assertThat(records).as(what).allSatisfy(record -> {
            assertThat(record.description()).hasSizeLessThanOrEqualTo(4_096).doesNotContain("hunter2");
            assertThat(record.id()).matches(CleanText::isCleanLine).hasSizeLessThanOrEqualTo(128);
        });
        var plan = PrunePlanner.propose(
                reading.snapshot().records(),
                List.of(PruneRule.unusedFor(Duration.ZERO), PruneRule.maxUsedSpace(new ByteSize(1))),
                Ceiling.ofShare(100),
                takenAt);
        assertThat(plan.goes())
                .as(what)
                .allSatisfy(going -> assertThat(records)
                        .extracting(CacheRecord::id)
                        .contains(going.record().id()));
    }

    private static void listen(String what, ScriptedServer server, EnginePorts asking) {
        try {
            asking.events()
                    .prunesBetween(server.connection(), Capabilities.ofEngine("1.51"), NOON.minusSeconds(60), NOON)
                    .forEach(event ->
                            assertThat(event.reclaimed().bytes()).as(what).isNotNegative());
        } catch (EngineUnreachableException | EngineRefusedException e) {
            assertShowable(what, String.valueOf(e.getMessage()));
        }
    }

    private static void prune(String what, ScriptedServer server, EnginePorts asking) {
        var order =
                new PruneOrder(server.connection(), Capabilities.ofEngine("1.51"), Capabilities.ENGINE_ID, List.of(ID));
        try {
            asking.pruner()
                    .prune(
                            order,
                            gone -> assertThat(gone.recordId())
                                    .as(what)
                                    .hasSizeLessThanOrEqualTo(128)
                                    .matches(CleanText::isCleanLine));
        } catch (EngineUnreachableException | EngineRefusedException e) {
            assertShowable(what, String.valueOf(e.getMessage()));
        }
        assertThat(server.requests())
                .as(what)
                .filteredOn(request -> request.startsWith("POST /v1.51/build/prune"))
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(request -> request.contains("%5E" + ID + "%24"));
    }

    private static void assertShowable(String what, String message) {
        assertThat(message)
                .as(what)
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(2_000)
                .doesNotContain("hunter2");
        assertThat(CleanText.isCleanLine(message)).as("%s: %s", what, message).isTrue();
    }
}
