package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.plan.preview.PolicyPreviews;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * How long people wait for lists, pages and previews over 1,000 hosts of 2,000 records each while all of them are polled. The fleet runs in a
 * JVM of its own, and the heap of the service, in this one, is limited to 512 MB. Prints a table; how long anything took fails nothing.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PagesBenchmark {

    static final TestDatabase database = TestDatabase.create();

    private static final int HOSTS = Integer.getInteger("cachewarden.benchmark.hosts", 1_000);
    private static final int RECORDS = Integer.getInteger("cachewarden.benchmark.records", 2_000);
    private static final int TIMES = 12;
    private static final String PASSWORD = "benchmark-password";
    private static final Duration READ_LIMIT = Duration.ofMinutes(20);

    @Autowired
    private HostRegistry registry;

    @Autowired
    private PolicyPreviews previews;

    @Value("${local.server.port}")
    private int port;

    @TempDir
    Path temporary;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
        registry.add("cachewarden.access.admin-password", () -> PASSWORD);
    }

    @Test
    void pagesOverAThousandHostsThatArePolled() throws Exception {
        try (var fleet = FleetProcess.start(HOSTS, RECORDS, temporary)) {
            long start = System.nanoTime();
            fleet.register(registry);
            Awaitility.await()
                    .atMost(READ_LIMIT)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> reachable() == HOSTS && read() == HOSTS);
            Figures.print(
                    "all of %d hosts read first: %.1f s, found unreachable meanwhile: %d",
                    HOSTS, (System.nanoTime() - start) / 1e9, unreachableOnce());
            var client = new WebClient(port);
            assertThat(client.signIn("admin", PASSWORD).statusCode()).isEqualTo(302);
            table(client);
            Figures.print("found unreachable in the end: %d of %d hosts", HOSTS - reachable(), HOSTS);
        }
    }

    private void table(WebClient client) {
        preview("first preview of a policy", 14);
        preview("a further preview of it", 15);
        page(client, "/api/v1/records?q=type:exec.cachemount&sort=size");
        page(client, "/records?q=type:exec.cachemount+size:%3E1MiB");
        page(client, "/mounts");
        page(client, "/");
        Figures.print("Beside these, no aims:");
        page(client, "/api/v1/records?q=type:exec.cachemount&sort=-size");
        page(client, "/api/v1/records?q=type:frontend+type:internal&sort=-lastUsed");
        page(client, "/api/v1/records?sort=-lastUsed");
        page(client, "/api/v1/records?sort=uses");
        page(client, "/records");
        page(client, "/records?q=state:in-use");
        page(client, "/records?q=unused:%3E7d");
        page(client, "/records?q=npm+ci");
        page(client, "/hosts");
    }

    private void page(WebClient client, String path) {
        measure(path, 100, 150, () -> client.get(path), client);
    }

    private static void measure(
            String path, int mostMillis, int mostKilobytes, Supplier<HttpResponse<String>> ask, WebClient client) {
        var times = new ArrayList<Duration>();
        int bytes = 0;
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            var response = ask.get();
            times.add(Duration.ofNanos(System.nanoTime() - start));
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            bytes = response.body().length();
        }
        Figures.print(
                "%-55s median %,6.0f ms, first %,6.0f ms, worst %,6.0f ms (aim: at most %d ms); %,6d KB, %,4d KB compressed (aim: at most %d KB)",
                path,
                Figures.medianMillis(times),
                Figures.millis(times.getFirst()),
                times.stream().mapToDouble(Figures::millis).max().orElseThrow(),
                mostMillis,
                bytes / 1_000,
                client.weight(path) / 1_000,
                mostKilobytes);
    }

    private void preview(String what, int days) {
        var policy = new PolicyDocument(
                "fleet",
                "REPORT",
                true,
                "",
                null,
                List.of(
                        PolicyDocument.Rule.of(List.of("source.local"), "2d", null, null),
                        PolicyDocument.Rule.of(List.of("exec.cachemount"), "7d", null, null),
                        PolicyDocument.Rule.of(List.of(), days + "d", null, "5GB"),
                        PolicyDocument.Rule.of(List.of(), null, "30GB", null)),
                List.of(),
                null,
                null,
                null,
                false,
                null,
                new PolicyDocument.LimitPerRun(null, "100"),
                null,
                PolicyDocument.Guards.NONE);
        long start = System.nanoTime();
        var preview = previews.of(policy, null);
        double millis = (System.nanoTime() - start) / 1e6;
        Figures.print(
                "%-55s %,6.0f ms (aim: at most 2,000 ms), %,d records looked at, %d hosts unknown",
                what,
                millis,
                preview.effect().deleted().records() + preview.effect().kept().records(),
                preview.unknown().size());
    }

    private long reachable() {
        return registry.all().stream()
                .filter(host -> host.reachability() instanceof Reachability.Reachable)
                .count();
    }

    private static long read() {
        return number("select count(distinct builder_id) as n from usage_sample");
    }

    /** A host that is reachable from the start was so since before it was read. */
    private static long unreachableOnce() {
        return number("select count(*) as n from host where problem_cause is not null");
    }

    private static long number(String sql) {
        return database.jdbc().query(sql, (row, number) -> row.getLong("n")).getFirst();
    }
}
