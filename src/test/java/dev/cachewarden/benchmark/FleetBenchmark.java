package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** 1,000 simulated hosts of 2,000 records each, in a JVM of their own; the service in this one, whose heap is limited to 512 MB. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class FleetBenchmark {

    static final TestDatabase database = TestDatabase.create();

    private static final int HOSTS = 1_000;
    private static final int RECORDS = 2_000;

    @Autowired
    private HostRegistry registry;

    @Autowired
    private HostSampler sampler;

    @TempDir
    Path temporary;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
        registry.add("cachewarden.history.polling", () -> "false");
        // It is measured how long a round takes; on a slow machine it takes longer, and no host fails.
        registry.add("cachewarden.engine.call-timeout", () -> "10m");
    }

    @Test
    void roundsOverAThousandHosts() throws Exception {
        try (var fleet = FleetProcess.start(HOSTS, RECORDS, temporary)) {
            var hosts = fleet.register(registry);
            Figures.print("first round, all %d records new: %.1f s", (long) HOSTS * RECORDS, seconds(round(hosts)));
            for (int i = 1; i <= 3; i++) {
                long samples = count("usage_sample");
                long records = count("cache_record");
                var took = round(hosts);
                Figures.print(
                        "round %d, nothing changed: %.1f s (aim: at most 30 s), new rows a host: %.2f (aim: at most 1), heap in use %d MB of %d MB",
                        i,
                        seconds(took),
                        (double) (count("usage_sample") - samples + count("cache_record") - records) / HOSTS,
                        heapMegabytes(),
                        Runtime.getRuntime().maxMemory() >> 20);
            }
        }
    }

    private Duration round(List<HostId> hosts) throws Exception {
        long start = System.nanoTime();
        var tasks = hosts.stream()
                .map(host -> (Callable<Boolean>) () -> sampler.sampleNow(host) instanceof HostReading.Read)
                .toList();
        assertThat(FleetProcess.all(tasks)).doesNotContain(false);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static long count(String table) {
        return database.jdbc()
                .query("select count(*) as n from " + table, (row, number) -> row.getLong("n"))
                .getFirst();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private static long heapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }
}
