package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.cachewarden.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.SmartLifecycle;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * 1,000 engines that are followed, each remembering 50 builds of 20 steps, in a JVM of their own; the service in this one. How long a start takes
 * until all is taken, what it costs to follow them, and how late builds that end are known.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class FollowBenchmark {

    static final TestDatabase database = TestDatabase.create();

    private static final int HOSTS = Integer.getInteger("cachewarden.benchmark.hosts", 1_000);
    private static final int REMEMBERED = 50;
    private static final int LIVE = 2 * HOSTS;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Autowired
    @Qualifier("buildFollower")
    private SmartLifecycle follower;

    @TempDir
    Path temporary;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
        registry.add("cachewarden.history.polling", () -> "false");
    }

    @Test
    void followsAThousandHosts() throws Exception {
        follower.stop();
        var addresses = temporary.resolve("addresses");
        var fleet = startFleet(addresses);
        try (var orders = new OutputStreamWriter(fleet.getOutputStream(), StandardCharsets.UTF_8)) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(addresses));
            addHosts(Files.readAllLines(addresses));
            takeAllThatIsRemembered();
            again();
            for (int rate : List.of(20, 100)) {
                live(orders, rate);
            }
        } finally {
            fleet.destroy();
            assertThat(fleet.waitFor(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void takeAllThatIsRemembered() {
        var cost = new Cost();
        follower.start();
        awaitTaken("old-", HOSTS * REMEMBERED);
        cost.print("start: %d remembered builds of %d hosts taken".formatted(HOSTS * REMEMBERED, HOSTS));
    }

    /** What a restart costs, with all stored. */
    private void again() throws InterruptedException {
        follower.stop();
        var cost = new Cost();
        double before = transactions();
        follower.start();
        TimeUnit.SECONDS.sleep(60);
        cost.print("60 s after a restart with all known, %.0f transactions".formatted(transactions() - before));
        var idle = new Cost();
        before = transactions();
        TimeUnit.SECONDS.sleep(60);
        idle.print("60 s more without builds, %.0f transactions".formatted(transactions() - before));
    }

    private void live(Writer orders, int rate) throws IOException {
        database.jdbc().update("delete from build where ref like 'live-%'");
        var cost = new Cost();
        orders.write(LIVE + " " + rate + "\n");
        orders.flush();
        awaitTaken("live-", LIVE);
        cost.print("%d builds ended, %d a second".formatted(LIVE, rate));
        for (double share : new double[] {0.5, 0.95, 1}) {
            double late = number(
                    "select percentile_cont(?) within group (order by extract(epoch from steps_read_at - ended_at))"
                            + " from build where ref like 'live-%'",
                    share);
            Figures.print("  from its end until its steps were read, p%.0f: %.0f ms", share * 100, 1000 * late);
        }
    }

    private static void awaitTaken(String prefix, int count) {
        Awaitility.await().atMost(LONGEST).pollInterval(Duration.ofMillis(250)).until(() -> taken(prefix) >= count);
    }

    /** Compares the build, too. This is the last step. */
    private static double taken(String prefix) {
        return number("select count(*) from build where scenario is not null and ref like ? || '%'", prefix);
    }

    private static double transactions() {
        return number("select xact_commit + xact_rollback from pg_stat_database where datname = current_database()");
    }

    private static double number(String sql, Object... values) {
        return database.jdbc()
                .query(sql, (row, number) -> row.getDouble(1), values)
                .getFirst();
    }

    /** As if they had been reached before. */
    private static void addHosts(List<String> addresses) {
        var capabilities = """
                {"probedAt": "2026-03-01T10:00:00Z", "engineId": "%s", "engineVersion": "28.5.2", "apiVersion": "1.51",
                 "buildkitVersion": "v0.25", "buildKit": "DEFAULT", "control": "UPGRADE", "dataRoot": null, "storageDriver": null,
                 "containerdImageStore": false, "operatingSystem": null, "gcPolicies": [], "notes": []}""";
        for (int i = 0; i < addresses.size(); i++) {
            database.jdbc()
                    .update(
                            """
                    with added as (
                        insert into host (name, kind, address, poll_interval_seconds, created_at, engine_id, capabilities, reachability,
                            reachability_since)
                        values (?, 'DOCKER_ENGINE', ?, 60, now(), ?, cast(? as jsonb), 'REACHABLE', now()) returning id)
                    insert into builder (host_id, name, driver, created_at) select id, 'default', 'docker', now() from added""",
                            "fleet-%04d".formatted(i),
                            addresses.get(i),
                            "engine-" + i,
                            capabilities.formatted("engine-" + i));
        }
    }

    private static Process startFleet(Path addresses) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.cachewarden.simulator.fleet.BuildingFleetMain",
                        Integer.toString(HOSTS),
                        Integer.toString(REMEMBERED),
                        addresses.toString())
                .redirectErrorStream(true)
                .redirectOutput(addresses.resolveSibling("fleet.log").toFile())
                .start();
    }

    /** From now on. */
    private final class Cost {

        private final long start = System.nanoTime();
        private final long cpu = machine.getProcessCpuTime();

        Cost() {
            heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        }

        void print(String what) {
            double seconds = (System.nanoTime() - start) / 1e9;
            double used = (machine.getProcessCpuTime() - cpu) / 1e9;
            long peak = heap().stream()
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum()
                    >> 20;
            System.gc();
            Figures.print(
                    "%s: %.1f s, CPU of the service %.1f s (%.0f %% of a core), heap at most %d MB, %d MB of it live afterwards, of %d MB",
                    what,
                    seconds,
                    used,
                    100 * used / seconds,
                    peak,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
        }

        private static List<MemoryPoolMXBean> heap() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
        }
    }
}
