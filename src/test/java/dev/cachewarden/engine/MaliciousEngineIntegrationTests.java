package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.testing.HistoryContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An engine that varies every field of every response by rule. Whatever it sends, its host is read rightly and stored, or is unreachable
 * with a reason that can be shown and stored; only records of the order are asked to be deleted; and another host is read as before.
 *
 * <p>{@code cachewarden.test.malicious-engine} says which variation of a field is tried: 1 is each, 9 every ninth.
 */
@Timeout(900)
class MaliciousEngineIntegrationTests {

    private static final int EVERY = Integer.getInteger("cachewarden.test.malicious-engine", 9);

    /** What the largest answer allowed and the buffers of two sockets hold. */
    private static final long MOST_SENT = (4 << 20) + (24 << 20);

    private static final String DF = """
            {"BuildCache":[{"ID":"%s","Parents":["rootrootrootrootroot12345"],"Parent":"","Type":"regular",
            "Description":"[build 2/3] RUN make","InUse":false,"Shared":false,"Size":4096,
            "CreatedAt":"2026-03-01T10:00:00Z","LastUsedAt":"2026-03-02T10:00:00.5Z","UsageCount":3},
            {"ID":"rootrootrootrootroot12345","Type":"regular","Description":"[build 1/3] COPY . .","InUse":false,
            "Shared":false,"Size":10,"CreatedAt":"2026-03-01T09:00:00Z","LastUsedAt":null,"UsageCount":0}]}""".formatted(Survival.ID);

    private static final String VERSION =
            "{\"Version\":\"28.5.2\",\"ApiVersion\":\"1.51\",\"MinAPIVersion\":\"1.24\",\"Os\":\"linux\"}";

    private static final String INFO = """
            {"ID":"%s","Name":"ci","KernelVersion":"6.12","DockerRootDir":"/var/lib/docker","Driver":"overlay2",
            "DriverStatus":[["a","b"]],"OperatingSystem":"Debian","Architecture":"x86_64","OSType":"linux",
            "SystemTime":"2026-03-08T12:00:00Z"}""".formatted(Capabilities.ENGINE_ID);

    private static final String PRUNE = "{\"CachesDeleted\":[\"" + Survival.ID + "\"],\"SpaceReclaimed\":4096}";
    private static final String EVENT = """
            {"Type":"builder","Action":"prune","Actor":{"ID":"","Attributes":{"reclaimed":"3000"}},"time":1771588976,
            "timeNano":1771588976501459806}""";

    private static final Map<String, String> REQUESTS = Map.of(
            "ping", "HEAD /_ping",
            "version", "GET /version",
            "info", "GET /v1.51/info",
            "df", "GET /v1.51/system/df",
            "events", "GET /v1.51/events",
            "prune", "POST /v1.51/build/prune",
            "gRPC", "POST /grpc");

    private static final Map<String, String> DOCUMENTS = Map.of(
            "ping", "OK", "version", VERSION, "info", INFO, "df", DF, "events", EVENT, "prune", PRUNE, "gRPC", "{}");

    @RegisterExtension
    static final HistoryContext history = HistoryContext.at(Survival.NOON.toString());

    private static EnginePorts ports;
    private static EnginePorts impatient;
    private static ScriptedServer healthy;

    /** Where redirects lead. */
    private static ScriptedServer elsewhere;

    private Survival survival;

    @BeforeAll
    static void open() throws IOException {
        ports = EnginePorts.open(Map.of());
        impatient = EnginePorts.open(Survival.IMPATIENT);
        healthy = engine();
        elsewhere = engine();
    }

    @AfterAll
    static void close() {
        ports.close();
        impatient.close();
        healthy.close();
        elsewhere.close();
    }

    @BeforeEach
    void startEmpty() {
        history.clear();
        history.addBuilder("one");
        survival = new Survival(impatient, history);
    }

    @Test
    void honestlyItIsReadAndPruned() {
        var patient = new Survival(ports, history);

        assertThat(ports.prober().probe(healthy.connection())).isInstanceOf(ProbeResult.Reached.class);
        patient.read("all", healthy.connection(), Capabilities.ofEngine("1.51"), false);
        patient.listen("all", healthy.connection(), Capabilities.ofEngine("1.51"));
        patient.prune("all", healthy.connection(), Capabilities.ofEngine("1.51"));

        assertThat(history.jdbc().queryForObject("select count(*) from cache_record", Integer.class))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "info", "df", "events", "prune"})
    void everyFieldOfEveryResponse(String response) throws InterruptedException {
        Map<String, Survival.Trial> trials = new LinkedHashMap<>();
        int n = 0;
        for (var odd : OddJson.of(document(response)).entrySet()) {
            boolean whole = !odd.getKey().startsWith("/");
            if (whole || n++ % EVERY == 0) {
                String what = response + ": " + odd.getKey();
                trials.put(
                        what, () -> survives(what, response, json(odd.getValue().get())));
            }
        }
        Survival.all(trials);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "version", "info", "df", "events", "prune", "gRPC"})
    void everyFormOfEveryResponse(String response) throws InterruptedException {
        Map<String, Survival.Trial> trials = new LinkedHashMap<>();
        forms(document(response)).forEach((form, script) -> {
            String what = response + ": " + form;
            trials.put(what, () -> {
                survives(what, response, script);
                // Interim responses are read until the time is over, however many that are.
                if (script instanceof Endless endless && !form.startsWith("interim")) {
                    assertThat(endless.sent()).as("bytes taken of %s", what).isLessThan(MOST_SENT);
                }
            });
        });
        Survival.all(trials);
        assertThat(elsewhere.requests()).as("followed redirects").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "version", "info", "df", "events", "prune", "gRPC"})
    void everyResponseThatNeverEnds(String response) throws InterruptedException {
        var over = new CountDownLatch(1);
        Map<String, Survival.Trial> trials = new LinkedHashMap<>();
        for (String before : List.of("", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\n\r\n{")) {
            String what = response + " falls silent after: " + before;
            trials.put(
                    what,
                    () -> survives(what, response, out -> {
                        out.write(before.getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        waitFor(over);
                    }));
        }
        try {
            Survival.all(trials);
        } finally {
            over.countDown();
        }
    }

    @Test
    void headersOfThePing() throws InterruptedException {
        Map<String, Survival.Trial> trials = new LinkedHashMap<>();
        for (String value :
                List.of("", "abc", "9999.9999", "1.51\0", "-1", "1." + "5".repeat(5_000), "1.51, 1.40", "0.0")) {
            for (String header : List.of("Api-Version", "Builder-Version", "Libpod-Api-Version", "Content-Length")) {
                String what = header + ": " + value;
                trials.put(
                        what,
                        () -> survives(
                                what,
                                "ping",
                                bytes("HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\n" + header + ": " + value
                                        + "\r\n\r\n")));
            }
        }
        Survival.all(trials);
    }

    /** A handshake that goes on and on is not waited for either. */
    @Test
    void aGreetingInTlsThatNeverEnds() throws InterruptedException {
        var greeting = new Endless("", "\u0016\u0003\u0003\u0000\u0004\u0000\u0000\u0000\u0000");
        Survival.all(Map.of("TLS", () -> {
            try (var server = engine().on("HEAD /_ping", "no HTTP\r\n\r\n")
                    .on("GET /_ping", "no HTTP\r\n\r\n")
                    .on(ScriptedServer.TLS, greeting)) {
                survival.probe("TLS", server.connection());
            }
        }));
    }

    @Test
    void nothingIsLeftOpenAndNothingHeld() throws InterruptedException {
        everyFormOfEveryResponse("df");
        long files = Survival.openFiles();
        long bytes = Survival.heldBytes();

        everyFormOfEveryResponse("df");
        everyResponseThatNeverEnds("df");

        await().atMost(Duration.ofMinutes(1)).until(() -> Survival.openFiles() <= files + 3);
        await().atMost(Duration.ofMinutes(1)).until(() -> Survival.heldBytes() < bytes + (32 << 20));
    }

    private void survives(String what, String response, ScriptedServer.Script script) throws IOException {
        try (var server = engine().on(Objects.requireNonNull(REQUESTS.get(response)), script)) {
            ask(what, response, server.connection());
            assertThat(server.requests())
                    .as(what)
                    .filteredOn(request -> request.startsWith("POST /v1.51/build/prune"))
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(request -> request.contains("%5E" + Survival.ID + "%24"));
        }
        assertThat(ports.reader()
                        .read(healthy.connection(), Capabilities.ofEngine("1.51"))
                        .records())
                .as("another host after " + what)
                .hasSize(2);
    }

    private void ask(String what, String response, HostConnection host) {
        var capabilities = Capabilities.ofEngine("1.51");
        switch (response) {
            case "ping", "version", "gRPC" -> survival.probe(what, host);
            case "info" -> {
                survival.probe(what, host);
                survival.listen(what, host, capabilities);
                survival.prune(what, host, capabilities);
            }
            case "df" -> survival.read(what, host, capabilities, false);
            case "events" -> survival.listen(what, host, capabilities);
            case "prune" -> survival.prune(what, host, capabilities);
            default -> throw new IllegalArgumentException(response);
        }
    }

    private static String document(String response) {
        return Objects.requireNonNull(DOCUMENTS.get(response));
    }

    private static ScriptedServer engine() throws IOException {
        return ScriptedServer.engine()
                .onJson("GET /version", VERSION)
                .onJson("GET /v1.51/info", INFO)
                .onJson("GET /v1.51/system/df", DF)
                .onJson("GET /v1.51/events", EVENT)
                .onJson("POST /v1.51/build/prune", PRUNE);
    }

    private static ScriptedServer.Script json(String document) {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        return out -> {
            out.write(("HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nConnection: close\r\nContent-Length: " + body.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        };
    }

    /** The same document over HTTP that is not as it should be. */
    private static Map<String, ScriptedServer.Script> forms(String document) {
        var forms = new LinkedHashMap<String, ScriptedServer.Script>();
        for (int status : new int[] {100, 101, 204, 206, 301, 302, 307, 400, 401, 404, 418, 429, 500, 503, 599, 999}) {
            forms.put(
                    "status " + status,
                    bytes("HTTP/1.1 " + status + " hunter2hunter2\r\nApi-Version: 1.51\r\nRetry-After: 1"
                            + "\r\nLocation: " + elsewhere.address().replace("tcp:", "http:")
                            + "/hunter2hunter2\r\nConnection: close\r\n\r\n" + document));
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
        forms.put("headers without end", new Endless(ok, "X-A: b\r\n"));
        forms.put("a header without end", new Endless(ok + "X-A: ", "aaaaaaaa"));
        forms.put("a status line without end", new Endless("HTTP/1.1 200 ", "aaaaaaaa"));
        forms.put("a body without end", new Endless(ok + "\r\n{\"x\":\"", "aaaaaaaa"));
        forms.put("blanks without end", new Endless(ok + "\r\n", "        "));
        forms.put("blanks without end after it", new Endless(ok + "\r\n" + document, "        "));
        forms.put("lists without end", new Endless(ok + "\r\n{\"x\":", "[[[[[[[["));
        forms.put("a long body, not JSON", new Endless(ok + "Content-Length: 99999999999\r\n\r\n", "zzzzzzzz"));
        forms.put(
                "an error without end",
                new Endless("HTTP/1.1 500 No\r\nApi-Version: 1.51\r\nContent-Length: 99999999999\r\n\r\n", "zzzzzzzz"));
        forms.put(
                "a redirect without end",
                new Endless("HTTP/1.1 302 No\r\nApi-Version: 1.51\r\nContent-Length: 99999999999\r\n\r\n", "zzzzzzzz"));
        forms.put("chunks without end", new Endless(ok + "Transfer-Encoding: chunked\r\n\r\n", "8\r\n        \r\n"));
        forms.put(
                "chunks without end after it",
                new Endless(
                        ok + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(document.length()) + "\r\n"
                                + document + "\r\n",
                        "8\r\n        \r\n"));
        forms.put("trailers without end", new Endless(ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-A: b\r\n"));
        forms.put("interim responses without end", new Endless("", "HTTP/1.1 103 Hints\r\n\r\n"));
        return forms;
    }

    private static ScriptedServer.Script bytes(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void waitFor(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
