package dev.cachewarden;

import dev.cachewarden.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A {@link ServiceInChild} as a script sees it, which can also be killed. */
final class ServiceProcess implements AutoCloseable {

    private final Process process;
    private final ServiceClient client;

    private ServiceProcess(Process process, ServiceClient client) {
        this.process = process;
        this.client = client;
    }

    /** Starts one and waits until it serves. */
    static ServiceProcess start(TestDatabase database, String... settings) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ServiceInChild.class.getName(),
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=",
                "--cachewarden.host.find-local-engine=false"));
        command.addAll(List.of(settings));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var ready = ready(process);
            return new ServiceProcess(process, new ServiceClient(Integer.parseInt(ready[1]), ready[2]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what it prints to its end, so that it never waits for a reader. */
    private static String[] ready(Process process) {
        var ready = new CompletableFuture<String[]>();
        var printed = new ConcurrentLinkedQueue<String>();
        Thread.ofVirtual().start(() -> {
            new BufferedReader(process.inputReader(StandardCharsets.UTF_8))
                    .lines()
                    .forEach(line -> {
                        printed.add(line);
                        if (line.startsWith(ServiceInChild.READY)) {
                            ready.complete(line.split(" "));
                        }
                    });
            ready.completeExceptionally(new AssertionError("It ended:\n" + String.join("\n", printed)));
        });
        return ready.orTimeout(5, TimeUnit.MINUTES).join();
    }

    JsonNode get(String path) {
        return client.get(path);
    }

    JsonNode post(String path, String body) {
        return client.post(path, body);
    }

    int port() {
        return client.port();
    }

    /** The token of its script. */
    String token() {
        return client.token();
    }

    /** Asks it to end, as a container does, and waits until it has. */
    Duration stop() {
        long began = System.nanoTime();
        process.toHandle().destroy();
        process.onExit().orTimeout(5, TimeUnit.MINUTES).join();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** {@code kill -9}, and waits until it is dead. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
