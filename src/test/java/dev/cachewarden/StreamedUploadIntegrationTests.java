package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A log that is sent while the build runs, over real HTTP and with the whole service around. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StreamedUploadIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final Duration SOON = Duration.ofMinutes(2);

    private final JsonMapper json = JsonMapper.shared();

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    private String token = "";
    private WebClient client = new WebClient(1);

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
        registry.add("server.tomcat.connection-timeout", () -> "500ms");
    }

    @BeforeEach
    void clear() {
        database.clear();
        token = tokens.issue("ci", Set.of(Scope.READ, Scope.INGEST), null, database.tokenOwner())
                .secret();
        client = new WebClient(port).with("Authorization", "Bearer " + token);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void showsAsABuildThatRunsAndThenAsTheSameThatEnded(boolean compressed) throws IOException {
        byte[] log = log("28.5/first-live.rawjson");
        try (var connection = new Socket("localhost", port)) {
            begin(connection);
            chunk(connection, half(log, compressed));
            var running = awaitBuild("RUNNING");
            assertThat(steps(running)).isNotEmpty();
            chunk(connection, otherHalf(log, compressed));
            connection.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(firstLine(connection)).isEqualTo("HTTP/1.1 201 ");
            var ended = awaitBuild("DONE");
            assertThat(ended.path("id")).isEqualTo(running.path("id"));
            assertThat(steps(ended)).hasSize(14);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whatCameIsKeptWhenTheConnectionBreaks(CapturedOutput output) throws IOException {
        byte[] log = log("28.5/first-live.rawjson");
        try (var connection = new Socket("localhost", port)) {
            begin(connection);
            chunk(connection, half(log, false));
            awaitBuild("RUNNING");
            connection.shutdownOutput();
            awaitEnd(connection);
        }

        var partial = awaitBuild("LOST");
        assertThat(partial.path("partial").asBoolean()).isTrue();
        assertThat(partial.path("gaps").get(0).asString())
                .isEqualTo("The connection closed during the upload. The rest of the log is missing.");
        assertThat(output).as("no error in the server").doesNotContain("Request failed");
    }

    /** The other body begins later, and is given up when the log has been silent for longer. */
    @Test
    void aLogMayBeSilentForLongerThanOtherBodies() throws IOException {
        byte[] log = log("28.5/first-live.rawjson");
        try (var connection = new Socket("localhost", port);
                var other = new Socket("localhost", port)) {
            begin(connection);
            chunk(connection, half(log, false));
            begin(other, "/login", "");
            awaitEnd(other);
            chunk(connection, otherHalf(log, false));
            connection.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(firstLine(connection)).isEqualTo("HTTP/1.1 201 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/builds, none", "/api/v1/builds, read", "/api/v1/policies/preview, ingest", "/login, ingest"})
    void closesASilentRequestWithoutPermissionToUpload(String path, String scope) throws IOException {
        String secret = switch (scope) {
            case "read" ->
                tokens.issue("reader", Set.of(Scope.READ), null, database.tokenOwner())
                        .secret();
            case "ingest" -> token;
            default -> "";
        };
        try (var connection = new Socket("localhost", port)) {
            begin(connection, path, secret);

            awaitEnd(connection);
        }
    }

    /** Of a body that does not come. */
    private static void awaitEnd(Socket connection) throws IOException {
        connection.setSoTimeout((int) SOON.toMillis());
        connection.getInputStream().readAllBytes();
    }

    private void begin(Socket connection) throws IOException {
        begin(connection, "/api/v1/builds?project=app", token);
    }

    private static void begin(Socket connection, String path, String secret) throws IOException {
        String authorization = secret.isEmpty() ? "" : "Authorization: Bearer " + secret + "\r\n";
        // Fields of a form are read before the caller is known.
        String type = path.equals("/login") ? "Content-Type: application/x-www-form-urlencoded\r\n" : "";
        connection
                .getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + authorization + type
                                + "Transfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static void chunk(Socket connection, byte[] bytes) throws IOException {
        var out = connection.getOutputStream();
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String firstLine(Socket connection) throws IOException {
        var line = new StringBuilder();
        for (int c = connection.getInputStream().read();
                c >= 0 && c != '\r';
                c = connection.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private JsonNode awaitBuild(String state) {
        return await().atMost(SOON)
                .until(this::only, build -> build.path("state").asString("").equals(state));
    }

    private JsonNode only() {
        var items = json.readTree(client.get("/api/v1/builds").body()).path("items");
        assertThat(items.size()).isLessThan(2);
        return items.path(0);
    }

    private JsonNode steps(JsonNode build) {
        return json.readTree(client.get("/api/v1/builds/" + build.path("id").asLong() + "/steps")
                        .body())
                .path("items");
    }

    private static byte[] half(byte[] log, boolean compressed) throws IOException {
        byte[] half = Arrays.copyOf(log, log.length / 2);
        return compressed ? gzip(half) : half;
    }

    private static byte[] otherHalf(byte[] log, boolean compressed) throws IOException {
        byte[] half = Arrays.copyOfRange(log, log.length / 2, log.length);
        return compressed ? gzip(half) : half;
    }

    private static byte[] gzip(byte[] log) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(log);
        }
        return packed.toByteArray();
    }

    private static byte[] log(String name) throws IOException {
        try (var file =
                StreamedUploadIntegrationTests.class.getResourceAsStream("/dev/cachewarden/progress/log/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }
}
