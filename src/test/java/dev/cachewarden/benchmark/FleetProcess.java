package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A simulated fleet in a JVM of its own, so that the heap that is measured is that of the service alone. */
final class FleetProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final int REGISTERED_AT_A_TIME = 4;

    private final Process process;
    private final List<String> addresses;

    private FleetProcess(Process process, List<String> addresses) {
        this.process = process;
        this.addresses = addresses;
    }

    /**
     * Starts a fleet and waits until all of it listens.
     *
     * @param folder for its log and its addresses
     */
    static FleetProcess start(int hosts, int records, Path folder) throws IOException {
        var addresses = folder.resolve("addresses");
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.cachewarden.simulator.fleet.FleetMain",
                        Integer.toString(hosts),
                        Integer.toString(records),
                        addresses.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("fleet.log").toFile())
                .start();
        Awaitility.await()
                .atMost(START_LIMIT)
                .until(() ->
                        Files.exists(addresses) && Files.readAllLines(addresses).size() >= hosts);
        return new FleetProcess(process, Files.readAllLines(addresses));
    }

    /** Registers all hosts of the fleet, a few at a time, since each takes a connection to the database. */
    List<HostId> register(HostRegistry registry) throws Exception {
        var tasks = new ArrayList<Callable<HostId>>();
        for (int i = 0; i < addresses.size(); i++) {
            var written = addresses.get(i);
            var address = HostAddress.parse(written.substring(written.lastIndexOf("tcp://")), null);
            var connection = new HostConnection("fleet-%04d".formatted(i), HostKind.DOCKER_ENGINE, address);
            tasks.add(() -> registry.register(new HostDraft(connection, Map.of(), Duration.ofMinutes(1), true))
                    .id());
        }
        return all(tasks, Executors.newFixedThreadPool(REGISTERED_AT_A_TIME));
    }

    /** Does all of it at a time. */
    static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
        return all(tasks, Executors.newVirtualThreadPerTaskExecutor());
    }

    private static <T> List<T> all(List<Callable<T>> tasks, ExecutorService executor) throws Exception {
        try (var threads = executor) {
            var results = new ArrayList<T>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
