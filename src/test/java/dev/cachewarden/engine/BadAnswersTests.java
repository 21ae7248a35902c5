package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readings that no engine should give: each is told by host and field, and no part of it is used. */
class BadAnswersTests {

    private static final String DF = "GET /v1.51/system/df?type=build-cache";
    private static final String ENDPOINT = "GET /v1.51/system/df";

    private static EnginePorts ports;
    private ScriptedServer server;

    @BeforeAll
    static void open() {
        ports = EnginePorts.open(
                Map.of("cachewarden.engine.call-timeout", "1m", "cachewarden.engine.max-answer-size", "1MB"));
    }

    @AfterAll
    static void close() {
        ports.close();
    }

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.plain();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void cutInTheMiddle() {
        String whole = Recorded.text("docker/df-28.5.json");
        server.onJson(DF, whole.substring(0, whole.length() / 2));

        assertThat(problem()).isEqualTo(bad("it is incomplete"));
    }

    @Test
    void cutAnywhere() {
        String whole = Recorded.text("docker/df-28.5.json").strip();
        for (int length : new int[] {0, 1, 5, 60, 100, 500, 1_000, whole.length() - 1}) {
            server.onJson(DF, whole.substring(0, length));

            assertThat(problem().cause()).as("after %s bytes", length).isEqualTo(Cause.BAD_ANSWER);
        }
    }

    @Test
    void connectionBrokenOff() {
        String whole = Recorded.text("docker/df-28.5.json");
        server.on(
                DF,
                "HTTP/1.1 200 OK\r\nContent-Length: " + whole.length() + "\r\n\r\n"
                        + whole.substring(0, whole.length() / 2));

        assertThat(problem()).isEqualTo(bad("it is incomplete"));
    }

    @Test
    void chunksBrokenOff() {
        String half = Recorded.text("docker/df-28.5.json").substring(0, 1_000);
        server.on(
                DF,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(1_000) + "\r\n" + half);

        assertThat(problem()).isEqualTo(bad("it is incomplete"));
    }

    @Test
    void closedWithoutAWord() {
        server.on(DF, out -> {});

        assertThat(problem()).isEqualTo(bad("the connection was closed without a response"));
    }

    @Test
    void notJson() {
        server.onJson(DF, "<html>Sign in</html>");

        assertThat(problem()).isEqualTo(bad("it is not valid JSON at line 1, column 1"));
    }

    @Test
    void anotherShape() {
        server.onJson(DF, "[]");

        assertThat(problem()).isEqualTo(bad("the response should be an object, but is nested values"));
    }

    @Test
    void largerThanAllowed() {
        server.on(DF, out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n{\"BuildCache\":[],\"Padding\":\"".getBytes(StandardCharsets.US_ASCII));
            var padding = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
            for (int n = 0; n < 8_000; n++) {
                out.write(padding);
            }
        });

        assertThat(problem())
                .isEqualTo(bad("it is larger than the 1.0 MiB allowed by cachewarden.engine.max-answer-size"));
    }

    @Test
    void dripping() throws InterruptedException {
        var over = new CountDownLatch(1);
        server.on(DF, out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n{\"BuildCache\":[".getBytes(StandardCharsets.US_ASCII));
            while (over.getCount() > 0) {
                out.write(' ');
                out.flush();
                pause(over);
            }
        });

        try (var impatient = EnginePorts.open(Map.of("cachewarden.engine.call-timeout", "1s"))) {
            assertThat(catchThrowableOfType(EngineUnreachableException.class, () -> read(impatient))
                            .problem())
                    .isEqualTo(new HostProblem(
                            Cause.TIMEOUT,
                            "ci-1 at " + server.address() + " did not respond to " + ENDPOINT
                                    + " within 1 s. The engine may be overloaded"));
        }
        over.countDown();
    }

    @Test
    void missingList() {
        server.onJson(DF, "{\"LayersSize\":0,\"Images\":null}");

        assertThat(problem()).isEqualTo(bad("BuildCache is missing, so the build cache is unknown"));
    }

    @Test
    void nullInsteadOfAList() {
        server.onJson(DF, "{\"BuildCache\":null}");

        assertThat(problem()).isEqualTo(bad("BuildCache is missing, so the build cache is unknown"));
    }

    @Test
    void negativeSize() {
        server.onJson(DF, with("\"Size\":2063232", "\"Size\":-5"));

        assertThat(problem())
                .isEqualTo(bad("Size of cache record 6hw1wb1jtvgvhp08znpyi4vxa is -5, which is out of range"));
    }

    @Test
    void sizeBeyondALong() {
        server.onJson(DF, with("\"Size\":2063232", "\"Size\":9223372036854775808"));

        assertThat(problem())
                .isEqualTo(bad("Size of cache record 6hw1wb1jtvgvhp08znpyi4vxa is 9223372036854775808, which is out"
                        + " of range"));
    }

    @Test
    void sizeThatIsNoWholeNumber() {
        server.onJson(DF, with("\"Size\":2063232", "\"Size\":1e30"));

        assertThat(problem())
                .isEqualTo(bad("Size of cache record 6hw1wb1jtvgvhp08znpyi4vxa should be a whole number, but is 1e30"));
    }

    @Test
    void negativeUsageCount() {
        server.onJson(DF, with("\"UsageCount\":21", "\"UsageCount\":-1"));

        assertThat(problem())
                .isEqualTo(bad("UsageCount of cache record 6hw1wb1jtvgvhp08znpyi4vxa is -1, which is out of range"));
    }

    @Test
    void timeThatIsNone() {
        server.onJson(DF, with("\"2026-11-20T08:20:14.574631461Z\"", "\"yesterday\""));

        assertThat(problem())
                .isEqualTo(bad("CreatedAt of cache record 6hw1wb1jtvgvhp08znpyi4vxa is not a time: yesterday"));
    }

    @Test
    void recordWithoutSize() {
        server.onJson(DF, with("\"Size\":2063232,", ""));

        assertThat(problem()).isEqualTo(bad("cache record 6hw1wb1jtvgvhp08znpyi4vxa has no Size"));
    }

    @Test
    void recordWithoutId() {
        server.onJson(DF, with("\"ID\":\"6hw1wb1jtvgvhp08znpyi4vxa\",", ""));

        assertThat(problem()).isEqualTo(bad("a cache record has no ID"));
    }

    @Test
    void recordListedTwice() {
        server.onJson(DF, with("k8587m58dlzgwms95dphz40on", "6hw1wb1jtvgvhp08znpyi4vxa"));

        assertThat(problem()).isEqualTo(bad("cache record 6hw1wb1jtvgvhp08znpyi4vxa is listed twice"));
    }

    @Test
    void goTimesOfYearOneAreUnknown() {
        server.onJson(
                DF,
                with("\"2026-11-20T08:20:14.574631461Z\"", "\"0001-01-01T00:00:00Z\"")
                        .replace("\"2026-11-20T08:42:56.382228086Z\"", "\"1970-01-01T00:00:01+01:00\""));

        assertThat(read())
                .filteredOn(CacheRecord::id, "6hw1wb1jtvgvhp08znpyi4vxa")
                .singleElement()
                .satisfies(record -> assertThat(record.createdAt()).isNull())
                .satisfies(record -> assertThat(record.lastUsedAt()).isNull());
    }

    @Test
    void unknownTypesAreKept() {
        server.onJson(DF, with("\"Type\":\"exec.cachemount\"", "\"Type\":\"exec.moonbeam\""));

        assertThat(read()).extracting(CacheRecord::type).contains(new RecordType("exec.moonbeam"));
    }

    @Test
    void unknownMembersAreSkipped() {
        server.onJson(DF, with("\"Shared\":true,", "\"Shared\":true,\"Colour\":{\"of\":[1,{\"a\":null}]},"));

        assertThat(read()).hasSize(11);
    }

    @Test
    void refusalTellsTheEnginesWords() {
        server.onJson(
                DF, 400, "{\"message\":\"client version 1.51 is too new. Maximum supported API version is 1.45\"}");

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessage("ci-1 refused GET /v1.51/system/df with 400: client version 1.51 is too new. Maximum"
                        + " supported API version is 1.45")
                .satisfies(refused -> assertThat(refused.status()).isEqualTo("400"));
    }

    @Test
    void refusalByAnotherServerShowsItsStatusOnly() {
        server.on(DF, "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>\n  <h1>Bad   gateway</h1>" + "x".repeat(1_000));

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessage("ci-1 refused GET /v1.51/system/df with 502");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"internal\"}",
                "{\"message\":\"internal\",\"detail\":{\"token\":\"abc\"}}",
                "internal",
                "[\"internal\"]",
                "{\"message\":[\"internal\"]}"
            })
    void errorsOfOtherServersStayTheirs(String body) {
        server.on(DF, "HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\n\r\n" + body);

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessage("ci-1 refused GET /v1.51/system/df with 500");
    }

    @Test
    void refusalIsCleanedCutAndWithoutSecrets() {
        server.onJson(DF, 500, "{\"message\":\"no\\u0000pe --password=hunter2hunter2 " + "y".repeat(2_000) + "\"}");

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessageStartingWith(
                        "ci-1 refused GET /v1.51/system/df with 500: no\uFFFDpe --password=‹password› yyy")
                .withMessageEndingWith("y…");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) throws IOException {
        try (var other = ScriptedServer.engine().onJson(DF, Recorded.text("docker/df-28.5.json"))) {
            server.on(
                    DF,
                    "HTTP/1.1 " + status + " Elsewhere\r\nApi-Version: 1.51\r\nLocation: "
                            + other.address().replace("tcp:", "http:")
                            + "/v1.51/system/df?type=build-cache\r\nContent-Length: 0\r\n\r\n");

            assertThat(problem())
                    .isEqualTo(new HostProblem(
                            Cause.NOT_AN_ENGINE,
                            "ci-1 at " + server.address() + " returned a redirect: " + ENDPOINT + " returned "
                                    + status
                                    + ". Cachewarden does not follow redirects. Enter the address of the engine"
                                    + " itself"));
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void serverErrorsAreNotRepeated() {
        server.on(DF, "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");

        assertThatExceptionOfType(EngineRefusedException.class).isThrownBy(this::read);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void moreHeadersThanAllowed() {
        server.on(DF, out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int n = 0; n < 1_000_000; n++) {
                out.write("X-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });

        assertThat(problem())
                .isEqualTo(bad(
                        "it has more than 100 header lines, the limit set by cachewarden.engine.limits.max-headers"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 ",
                "HTTP/1.1 200 OK\r\nX-A: ",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"
            })
    void lineWithoutEnd(String before) {
        server.on(DF, out -> {
            out.write(before.getBytes(StandardCharsets.US_ASCII));
            var more = "a".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
            for (int n = 0; n < 8_000; n++) {
                out.write(more);
            }
        });

        assertThat(problem())
                .isEqualTo(bad("it has a header line of more than 8192 bytes, the limit set by"
                        + " cachewarden.engine.limits.max-header-line"));
    }

    @Test
    void deeperThanAllowed() {
        server.onJson(DF, "{\"Extra\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThat(problem())
                .isEqualTo(bad(
                        "it has more than 64 nested levels, the limit set by cachewarden.engine.limits.max-nesting"));
    }

    @Test
    void moreRecordsThanAllowed() {
        try (var strict = EnginePorts.open(Map.of("cachewarden.engine.limits.max-records", "10"))) {
            server.onJson(DF, Recorded.text("docker/df-28.5.json"));

            assertThatExceptionOfType(EngineUnreachableException.class)
                    .isThrownBy(() -> strict.reader().read(server.connection(), Capabilities.ofEngine("1.51")))
                    .withMessageEndingWith("it has more than 10 cache records, the limit set by"
                            + " cachewarden.engine.limits.max-records");
        }
    }

    @Test
    void moreParentsThanAllowed() {
        server.onJson(
                DF,
                withFirst("\"Description\":", "\"Parents\":[" + "\"a\",".repeat(1_000) + "\"a\"],\"Description\":"));

        assertThat(problem().message()).contains("more than 1000 values in Parents of");
    }

    @Test
    void idThatIsTooLong() {
        server.onJson(DF, with("6hw1wb1jtvgvhp08znpyi4vxa", "a".repeat(129)));

        assertThat(problem())
                .isEqualTo(bad("the id of a cache record has more than the 128 characters that"
                        + " cachewarden.engine.limits.max-id-length allows"));
    }

    @Test
    void idWithControlCharacters() {
        server.onJson(DF, with("6hw1wb1jtvgvhp08znpyi4vxa", "6hw\\u0000xa"));

        assertThat(problem()).isEqualTo(bad("the id of a cache record contains control characters"));
    }

    @Test
    void descriptionsAreCleanedCutAndWithoutSecrets() {
        server.onJson(
                DF,
                withFirst(
                        "\"Description\":\"",
                        "\"Description\":\"curl\\u0000 -H 'Authorization: Bearer abcdefghijklmnop' \\ud800 "
                                + "z".repeat(9_000)));

        assertThat(read())
                .extracting(CacheRecord::description)
                .filteredOn(text -> text.startsWith("curl"))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith("curl\uFFFD -H 'Authorization: Bearer ‹Authorization›' \uFFFD zzz")
                .hasSize(4_096)
                .endsWith("z…");
    }

    @Test
    void interruptedReaderGivesUp() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        server.on(DF, out -> {
            arrived.countDown();
            pause(new CountDownLatch(1));
        });
        var thrown = new AtomicReference<Throwable>();
        var interrupted = new AtomicReference<Boolean>();
        var reader = Thread.ofVirtual().start(() -> {
            thrown.set(catchThrowableOfType(EngineUnreachableException.class, this::read));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        arrived.await();

        reader.interrupt();
        reader.join();

        assertThat(thrown.get())
                .hasMessage("The request to ci-1 at " + server.address() + " for GET /v1.51/system/df was interrupted");
        assertThat(interrupted.get()).isTrue();
    }

    private static void pause(CountDownLatch until) {
        try {
            until.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String with(String recorded, String instead) {
        String whole = Recorded.text("docker/df-28.5.json");
        assertThat(whole).contains(recorded);
        return whole.replace(recorded, instead);
    }

    private static String withFirst(String recorded, String instead) {
        return Recorded.text("docker/df-28.5.json").replaceFirst(recorded, Matcher.quoteReplacement(instead));
    }

    private HostProblem problem() {
        return catchThrowableOfType(EngineUnreachableException.class, this::read)
                .problem();
    }

    private HostProblem bad(String what) {
        return new HostProblem(
                Cause.BAD_ANSWER,
                "ci-1 at " + server.address() + " returned an invalid response to " + ENDPOINT + ": " + what);
    }

    private List<CacheRecord> read() {
        return read(ports);
    }

    private List<CacheRecord> read(EnginePorts by) {
        return by.reader()
                .read(server.connection(), Capabilities.ofEngine("1.51"))
                .records();
    }
}
