package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses beyond the limits on size, time, number, and depth. */
class AnswerBoundsTests extends BadAnswersStage {

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
    void moreHeadersThanAllowed() {
        server.on(DF, out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int n = 0; n < 1_000_000; n++) {
                out.write("X-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });

        assertThat(problem())
                .isEqualTo(bad("it has more than 100 header lines (limit: cachewarden.engine.limits.max-headers)"));
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
                .isEqualTo(bad("it has a header line of more than 8192 bytes (limit:"
                        + " cachewarden.engine.limits.max-header-line)"));
    }

    @Test
    void deeperThanAllowed() {
        server.onJson(DF, "{\"Extra\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThat(problem())
                .isEqualTo(bad("it has more than 64 nested levels (limit: cachewarden.engine.limits.max-nesting)"));
    }

    @Test
    void moreRecordsThanAllowed() {
        try (var strict = EnginePorts.open(Map.of("cachewarden.engine.limits.max-records", "10"))) {
            server.onJson(DF, Recorded.text("docker/df-28.5.json"));

            assertThatExceptionOfType(EngineUnreachableException.class)
                    .isThrownBy(() -> strict.reader().read(server.connection(), Capabilities.ofEngine("1.51")))
                    .withMessageEndingWith(
                            "it has more than 10 cache records (limit:" + " cachewarden.engine.limits.max-records)");
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
                .isEqualTo(bad("the id of a cache record is longer than 128 characters"
                        + " (cachewarden.engine.limits.max-id-length)"));
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

    private static String withFirst(String recorded, String instead) {
        return Recorded.text("docker/df-28.5.json").replaceFirst(recorded, Matcher.quoteReplacement(instead));
    }
}
