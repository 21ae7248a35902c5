package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the start of the service to its first page, the embedded PostgreSQL included: as {@code spring-boot:run} starts it, each library
 * a file of its own and the first compiler only, and as one jar.
 */
class StartBenchmark {

    private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+");
    private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

    @TempDir
    Path data;

    @Test
    void startToFirstPage() throws Exception {
        run(
                JAVA,
                "-Djarmode=tools",
                "-jar",
                jar().toString(),
                "extract",
                "--destination",
                data.resolve("app").toString());
        var extracted = data.resolve("app").resolve(jar().getFileName());
        print("as spring-boot:run starts it", List.of("-XX:TieredStopAtLevel=1", "-jar", extracted.toString()));
        print("as one jar", List.of("-jar", jar().toString()));
    }

    private void print(String how, List<String> options) throws Exception {
        var postgres = data.resolve(how.replace(' ', '-').replace(':', '-'));
        Figures.print("%s, with a new database: %.1f s (aim: at most 8 s)", how, start(options, postgres));
        for (int i = 1; i <= 3; i++) {
            Figures.print("%s, start %d over it: %.1f s (aim: at most 8 s)", how, i, start(options, postgres));
        }
    }

    private void run(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("extract.log").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private double start(List<String> options, Path postgres) throws Exception {
        var log = data.resolve("log");
        Files.deleteIfExists(log);
        var command = new ArrayList<>(List.of(JAVA));
        command.addAll(options);
        command.addAll(List.of(
                "--server.port=0",
                "--cachewarden.store.directory=" + postgres,
                "--cachewarden.host.find-local-engine=false"));
        long start = System.nanoTime();
        var service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (var http = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(10))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .until(() -> http.send(login(log), BodyHandlers.ofString()).statusCode() == 200);
            return (System.nanoTime() - start) / 1e9;
        } finally {
            service.destroy();
            assertThat(service.waitFor(2, TimeUnit.MINUTES)).isTrue();
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

    /** At the address that the service prints once it listens. */
    private static HttpRequest login(Path log) throws IOException {
        var address = ADDRESS.matcher(Files.readString(log));
        assertThat(address.find()).isTrue();
        return HttpRequest.newBuilder(URI.create(address.group() + "/login"))
                .timeout(Duration.ofMinutes(1))
                .build();
    }
}
