package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.engine.ScriptedServer;
import dev.cachewarden.host.DataRoot;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real connection, from the setting to the reading. */
@Timeout(300)
class NodeExporterDiskTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final DataRoot ROOT = new DataRoot("ci-1", "/var/lib/docker", "E", false);

    private final ScriptedServer server;

    NodeExporterDiskTests() throws IOException {
        server = ScriptedServer.plain();
    }

    @AfterEach
    void close() {
        closed.countDown();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/metrics, /metrics", "'', /metrics", "/, /metrics", "/node/metrics?collect[]=filesystem, /node/metrics"
    })
    void measure(String path, String asked) {
        server.on("GET " + asked, out -> {
            out.write(head("200 OK"));
            recorded().transferTo(out);
        });

        assertThat(measure(path.replace("[]", "%5B%5D"), ROOT))
                .isEqualTo(
                        new DiskReading.Known(NOON, new DiskSpace(new ByteSize(33_554_432), new ByteSize(28_553_216))));
    }

    @Test
    void directoryInTheAddressReplacesTheDataRoot() {
        server.on("GET /metrics", out -> {
            out.write(head("200 OK"));
            recorded().transferTo(out);
        });
        var buildkitd = new DataRoot("kit", null, "worker", false);

        assertThat(measure("/metrics#/data/buildkit", buildkitd).space())
                .isEqualTo(new DiskSpace(new ByteSize(25_165_824), new ByteSize(25_165_824)));
        assertThat(problem("/metrics", buildkitd))
                .isEqualTo("kit does not report its data directory. Append the directory to the address, such as "
                        + address() + "/metrics#/var/lib/buildkit");
    }

    @Test
    void redirectsAreNotFollowed() {
        server.on(
                "GET /metrics", "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");

        assertThat(problem("/metrics", ROOT))
                .isEqualTo(address() + "/metrics returned a redirect (302). Cachewarden does not follow redirects."
                        + " Enter the final address of the metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX-A: ", "HTTP/1.1 200 OK\r\nX-A: b\r\n"})
    void headersWithoutEndAreNotKept(String before) {
        var sent = new AtomicLong();
        boolean lines = before.endsWith("b\r\n");
        server.on("GET /metrics", out -> {
            out.write(before.getBytes(StandardCharsets.UTF_8));
            byte[] more = (lines ? "X-B: c\r\n" : "aaaaaaaa").repeat(8_192).getBytes(StandardCharsets.UTF_8);
            while (sent.get() < 4L << 30) {
                out.write(more);
                sent.addAndGet(more.length);
            }
        });

        assertThat(problem("/metrics", ROOT))
                .isEqualTo(address() + "/metrics sent an incomplete HTTP response, or headers that are too large");
        assertThat(sent.get()).isLessThan(64L << 20);
    }

    @Test
    void hidesTheResponseOfAnotherService() {
        server.on("GET /metrics", "SSH-2.0-internal_7.4\r\n");

        assertThat(problem("/metrics", ROOT)).doesNotContain("internal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            401 | returned status 401. Cachewarden needs access without a password
            404 | returned status 404. Check that this is the metrics address of a node_exporter
            503 | returned status 503. Check that this is the metrics address of a node_exporter
            """)
    void reportsTheHttpStatus(int status, String expected) {
        server.on("GET /metrics", "HTTP/1.1 " + status + " Said\r\nContent-Length: 0\r\n\r\n");

        assertThat(problem("/metrics", ROOT)).isEqualTo(address() + "/metrics " + expected);
    }

    @Test
    void rejectsAnHtmlPage() {
        server.on("GET /metrics", "HTTP/1.1 200 OK\r\n\r\n<html>node_filesystem_size_bytes</html>");

        assertThat(problem("/metrics", ROOT))
                .isEqualTo(address()
                        + "/metrics reports no file system. Check that it is a node_exporter with the filesystem"
                        + " collector enabled");
    }

    @Test
    void anAnswerWithoutEndIsBrokenOff() {
        var sent = new AtomicLong();
        server.on("GET /metrics", out -> flood(out, sent));

        assertThat(problem("/metrics", ROOT))
                .isEqualTo(address()
                        + "/metrics returned more than the 32 MiB allowed by cachewarden.engine.disk.max-answer-size."
                        + " Check that it is a node_exporter");
        assertThat(sent.get()).isLessThan(200L << 20);
    }

    private static void flood(OutputStream out, AtomicLong sent) throws IOException {
        out.write(head("200 OK"));
        var lines =
                "node_filesystem_size_bytes{mountpoint=\"/\"} 1\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        while (sent.get() < 10L << 30) {
            out.write(lines);
            sent.addAndGet(lines.length);
        }
    }

    @Test
    void aCutAnswerIsNotBelieved() {
        server.on(
                "GET /metrics",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"
                        + "node_filesystem_size_bytes{mountpoint=\"/\",fstype=\"xfs\"} 100\n"
                        + "node_filesystem_free_bytes{mountpoint=\"/\",fstype=\"xfs\"} 50\n");

        assertThat(problem("/metrics", ROOT))
                .isEqualTo(address() + "/metrics sent an incomplete HTTP response, or headers that are too large");
    }

    @Test
    void silenceEndsAtTheTimeLimit() {
        assertThat(problem("/metrics", ROOT, Duration.ofMillis(400)))
                .isIn(
                        address()
                                + "/metrics did not report its disk space within 0.4 s. Check that it is running"
                                + " and that no"
                                + " firewall blocks the connection",
                        address()
                                + "/metrics did not respond in time. Check that the machine is running and that no"
                                + " firewall blocks"
                                + " the connection");
    }

    @Test
    void anAnswerThatDripsEndsAtTheTimeLimit() {
        server.on("GET /metrics", out -> {
            out.write(head("200 OK"));
            out.write("node_filesystem".getBytes(StandardCharsets.UTF_8));
            out.flush();
            hold();
        });

        assertThat(problem("/metrics", ROOT, Duration.ofSeconds(3)))
                .isEqualTo(address()
                        + "/metrics did not report its disk space within 3 s. Check that it is running and that no"
                        + " firewall blocks the connection");
    }

    private final CountDownLatch closed = new CountDownLatch(1);

    private void hold() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void reportsAClosedPortAndAnUnknownName() {
        String there = address();
        server.close();

        assertThat(problem(there, "/metrics"))
                .isEqualTo(there + "/metrics refused the connection. Check that node_exporter is running on this port");
        assertThat(problem("http://no-such-name.invalid:9100", "/metrics"))
                .isEqualTo("The name in http://no-such-name.invalid:9100/metrics cannot be resolved");
    }

    @Test
    void reportsAServerWithoutTls() {
        server.on(ScriptedServer.TLS, "HTTP/1.1 400 Bad Request\r\n\r\n");

        assertThat(problem(address().replace("http:", "https:"), "/metrics")).startsWith("TLS with https://127.0.0.1:");
    }

    private static byte[] head(String status) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain; version=0.0.4\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static InputStream recorded() {
        return Objects.requireNonNull(NodeExporterDiskTests.class.getResourceAsStream("node-exporter-1.5.0.txt"));
    }

    private String address() {
        return server.address().replace("tcp:", "http:");
    }

    private DiskReading measure(String path, DataRoot root) {
        return Probers.at(NOON).measure(DiskSource.parse(address() + path, null), root);
    }

    private String problem(String path, DataRoot root) {
        return Probers.problem(measure(path, root));
    }

    private String problem(String path, DataRoot root, Duration timeout) {
        var prober = new RoutedDiskProber(Probers.settings(timeout), InstantSource.fixed(NOON));
        return Probers.problem(prober.measure(DiskSource.parse(address() + path, null), root));
    }

    private static String problem(String address, String path) {
        return Probers.problem(Probers.at(NOON).measure(DiskSource.parse(address + path, null), ROOT));
    }
}
