package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the start of the packaged service to its first page, the embedded PostgreSQL included. */
class StartBenchmark {

    @TempDir
    Path data;

    @Test
    void startToFirstPage() throws Exception {
        Figures.print("start to first page, with a new database: %.1f s (aim: at most 8 s)", start());
        for (int i = 1; i <= 3; i++) {
            Figures.print("start to first page, start %d over it: %.1f s (aim: at most 8 s)", i, start());
        }
    }

    private double start() throws Exception {
        int port = freePort();
        long start = System.nanoTime();
        var service = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-jar",
                        jar().toString(),
                        "--server.port=" + port,
                        "--cachewarden.store.directory=" + data.resolve("postgres"),
                        "--cachewarden.host.find-local-engine=false")
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        try (var http = HttpClient.newHttpClient()) {
            var login = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/login"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .until(() -> http.send(login, BodyHandlers.ofString()).statusCode() == 200);
            return (System.nanoTime() - start) / 1e9;
        } finally {
            service.destroy();
            assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Path jar() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            assertThat(jars).hasSize(1);
            return jars.getFirst();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
