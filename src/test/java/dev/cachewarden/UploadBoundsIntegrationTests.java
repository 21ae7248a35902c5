package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** More logs, from more senders and of more bytes than may come in at a time, each held open as an attacker would. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cachewarden.host.find-local-engine=false",
            "cachewarden.build.uploads=6",
            "cachewarden.build.uploads-per-sender=4",
            "cachewarden.build.upload-memory=6MB"
        })
class UploadBoundsIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");
    private static final Duration SOON = Duration.ofMinutes(2);

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    private final List<Sender> senders = new ArrayList<>();
    private String first = "";
    private String second = "";

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
    }

    @BeforeEach
    void twoTokens() {
        database.clear();
        first = token("first");
        second = token("second");
    }

    @AfterEach
    void hangUp() {
        senders.forEach(Sender::close);
    }

    private String token(String name) {
        return tokens.issue(name, Set.of(Scope.READ, Scope.INGEST), null, database.tokenOwner())
                .secret();
    }

    @Test
    void limitsConcurrentUploadsAndReturnsRetryAfter() {
        var ofFirst = begin(first, 24);
        awaitRefused(ofFirst, 20);
        var ofSecond = begin(second, 24);
        awaitRefused(ofSecond, 22);

        assertThat(refusals())
                .hasSize(42)
                .allSatisfy(answer -> assertThat(answer)
                        .startsWith("HTTP/1.1 503 ")
                        .containsPattern("(?i)Retry-After: \\d+")
                        .contains("Too many logs are being uploaded"));
        var open = senders.stream().filter(sender -> !sender.answer.isDone()).toList();
        assertThat(open).hasSize(6);
        open.forEach(Sender::end);
        await().atMost(SOON).until(() -> open.stream().allMatch(sender -> sender.answer.isDone()));
        assertThat(open).allSatisfy(sender -> assertThat(sender.answer.join()).startsWith("HTTP/1.1 201 "));
        assertThat(states()).hasSize(6).containsOnly("DONE");

        var next = begin(first, 1).getFirst();
        next.end();
        assertThat(next.answer.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join())
                .as("uploads are accepted again")
                .startsWith("HTTP/1.1 201 ");
    }

    @Test
    void logsThatTakeMoreThanTheirMemoryAreCutAndKept() {
        var open = begin(first, 4);
        await().atMost(SOON).until(() -> states().size() == 4);

        for (int step = 2; open.stream().noneMatch(sender -> sender.answer.isDone()); step++) {
            assertThat(step).as("40 MB are too much").isLessThan(1_000);
            for (var sender : open) {
                sender.step(step, 10_000);
            }
        }

        assertThat(refusals())
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer)
                        .startsWith("HTTP/1.1 503 ")
                        .contains("use all the memory available for them. The received part of this log was kept"));
        await().atMost(SOON).until(() -> states().contains("LOST"));
        assertThat(new WebClient(port).get("/actuator/health/liveness").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"PT4M, 201, ''", "PT6M, 400, is in the future", "-P89D, 201, ''", "-P36500D, 400, longer ago than the"})
    void aBuildBeginsWithinTheTimeThatIsKept(String fromNow, int status, String reason) {
        var client = new WebClient(port).with("Authorization", "Bearer " + first);
        var startedAt = Instant.now().plus(Duration.parse(fromNow));

        var inQuery = client.json("POST", "/api/v1/builds?project=app&startedAt=" + startedAt, log(1) + fromNow);
        var inHeader = client.with("X-Cachewarden-Started-At", startedAt.toString())
                .json("POST", "/api/v1/builds?project=app", log(2) + fromNow);

        assertThat(List.of(inQuery, inHeader)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(reason);
        });
        assertThat(states()).hasSize(status == 201 ? 2 : 0);
    }

    private List<Sender> begin(String token, int count) {
        var begun = new ArrayList<Sender>();
        for (int i = 0; i < count; i++) {
            var sender = new Sender(token, senders.size());
            senders.add(sender);
            begun.add(sender);
        }
        return begun;
    }

    private void awaitRefused(List<Sender> some, int count) {
        await().atMost(SOON)
                .until(() ->
                        some.stream().filter(sender -> sender.answer.isDone()).count() == count);
    }

    private List<String> refusals() {
        return senders.stream()
                .filter(sender -> sender.answer.isDone())
                .map(sender -> sender.answer.join())
                .toList();
    }

    private static List<@Nullable String> states() {
        return database.jdbc().queryForList("select state from build", String.class);
    }

    private static String log(int number) {
        return """
                #1 [1/1] RUN make %d
                #1 DONE 0.1s

                """.formatted(number);
    }

    /** A connection that sends a log and holds it open. */
    private final class Sender implements AutoCloseable {

        private final Socket connection;
        private final CompletableFuture<String> answer;

        Sender(String token, int number) {
            try {
                connection = new Socket("localhost", port);
                connection.setSoTimeout((int) SOON.toMillis());
                write(
                        "POST /api/v1/builds?project=app HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + token + "\r\nTransfer-Encoding: chunked\r\n\r\n");
                chunk(log(number));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            answer = CompletableFuture.supplyAsync(this::read, Executors.newVirtualThreadPerTaskExecutor());
        }

        /** Reads one answer, whose connection the server may keep for the rest of the log. */
        private String read() {
            try {
                var text = new StringBuilder();
                var input = connection.getInputStream();
                for (int c = input.read(); c >= 0; c = input.read()) {
                    text.append((char) c);
                    if (isWhole(text.toString())) {
                        break;
                    }
                }
                return text.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isWhole(String answer) {
            int body = answer.indexOf("\r\n\r\n") + 4;
            var length = LENGTH.matcher(answer);
            return body >= 4
                    && (length.find()
                            ? answer.length() - body >= Integer.parseInt(length.group(1))
                            : answer.endsWith("\r\n0\r\n\r\n"));
        }

        void step(int number, int bytes) {
            send("#%d [%d/999] RUN step\n#%d 0.1 %s\n#%d DONE 0.1s\n\n"
                    .formatted(number, number, number, "x".repeat(bytes), number));
        }

        void end() {
            try {
                write("0\r\n\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A server that has refused the log may have hung up. */
        private void send(String text) {
            if (!answer.isDone()) {
                try {
                    chunk(text);
                } catch (IOException e) {
                    assertThat(answer.join()).startsWith("HTTP/1.1 503 ");
                }
            }
        }

        private void chunk(String text) throws IOException {
            write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        private void write(String text) throws IOException {
            connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
