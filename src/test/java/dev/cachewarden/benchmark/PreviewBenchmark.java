package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.history.store.BuilderReading;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.preview.PolicyPreview;
import dev.cachewarden.plan.preview.PolicyPreviews;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The live preview of four rules over 1,000 hosts of 2,000 stored records each, while somebody edits them; heap limited to 512 MB. At last with
 * the order that asks what steps took, where 20 of the hosts have builds.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PreviewBenchmark {

    static final TestDatabase database = TestDatabase.create();

    private static final int HOSTS = 1_000;
    private static final int RECORDS = 2_000;
    private static final int EDITS = 8;
    private static final int BUILDS = 5_000;
    private static final int BUILDERS = 20;

    private final Instant now = Instant.now();

    @Autowired
    private ReadingStore store;

    @Autowired
    private PolicyPreviews previews;

    @Autowired
    private Policies policies;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
        registry.add("cachewarden.history.polling", () -> "false");
    }

    @Test
    void fourRulesOverAThousandHosts() throws Exception {
        addHosts();
        storeReadings();
        database.jdbc().execute("analyze");
        long heapBefore = heapAfterCollection();
        var none = List.<String>of();
        measure("first preview", 14, none, null);
        for (int edit = 1; edit <= EDITS; edit++) {
            measure("edit " + edit, 14 + edit, none, null);
        }
        var saved = policies.create(policy(14, none), "benchmark");
        for (int edit = 1; edit <= EDITS; edit++) {
            measure("edit " + edit + " against the saved version", 14 + edit, none, saved.id());
        }
        for (int edit = 1; edit <= EDITS; edit++) {
            measure(
                    "edit " + edit + " of a pin by description, against the saved version",
                    14,
                    List.of("description~=keep-[0-9]*" + edit),
                    saved.id());
        }
        MadeUpBuilds.add(database, BUILDS, 50, 90, 30, BUILDERS);
        MadeUpBuilds.installWhatCachesHold(database);
        for (int edit = 1; edit <= EDITS; edit++) {
            measure("edit " + edit + " in the order cheapest to rebuild", cheapest(14 + edit), null);
        }
        for (int edit = 1; edit <= EDITS; edit++) {
            measure(
                    "edit " + edit + " in the order cheapest to rebuild, against the saved version",
                    cheapest(14 + edit),
                    saved.id());
        }
        Figures.print("heap kept by it: %d MB", heapAfterCollection() - heapBefore);
    }

    private void measure(String what, int days, List<String> pins, @Nullable Long compareWith) {
        measure(what, policy(days, pins), compareWith);
    }

    private void measure(String what, PolicyDocument policy, @Nullable Long compareWith) {
        long start = System.nanoTime();
        PolicyPreview preview = previews.of(policy, compareWith);
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(preview.unknown()).isEmpty();
        assertThat(preview.effect().deleted().records()
                        + preview.effect().kept().records())
                .isEqualTo((long) HOSTS * RECORDS);
        Figures.print(
                "%s, %d hosts of %d records: %.2f s (aim: at most 2 s), %d records would go",
                what, HOSTS, RECORDS, seconds, preview.effect().deleted().records());
    }

    private static PolicyDocument policy(int days, List<String> pins) {
        return policy(
                pins,
                PolicyDocument.Rule.of(List.of(), days + "d", null, "5GB"),
                PolicyDocument.Rule.of(List.of(), null, "30GB", null));
    }

    /** Builds are known of some hosts only; of the others nothing tells what a record cost. */
    private static PolicyDocument cheapest(int days) {
        return policy(
                List.of(),
                PolicyDocument.Rule.of(List.of(), days + "d", null, "5GB"),
                new PolicyDocument.Rule(
                        List.of(), List.of(), null, "15GB", null, null, null, "CHEAPEST_TO_REBUILD", false, false));
    }

    private static PolicyDocument policy(List<String> pins, PolicyDocument.Rule byAge, PolicyDocument.Rule bySize) {
        return new PolicyDocument(
                "fleet",
                "REPORT",
                true,
                "",
                null,
                List.of(
                        PolicyDocument.Rule.of(List.of("source.local"), "2d", null, null),
                        PolicyDocument.Rule.of(List.of("exec.cachemount"), "7d", null, null),
                        byAge,
                        bySize),
                pins,
                null,
                null,
                null,
                false,
                null,
                new PolicyDocument.LimitPerRun(null, "100"),
                null,
                PolicyDocument.Guards.NONE);
    }

    private static void addHosts() {
        database.jdbc().update("""
                with added as (
                    insert into host (name, kind, address, poll_interval_seconds, created_at, engine_id, reachability,
                        reachability_since)
                    select 'fleet-' || n, 'DOCKER_ENGINE', 'tcp://nowhere:2375', 86400, now(), 'engine-' || n, 'REACHABLE', now()
                    from generate_series(1, ?) n order by n returning id)
                insert into builder (host_id, name, driver, created_at)
                select id, 'default', 'docker', now() from added order by id""", HOSTS);
    }

    private void storeReadings() throws Exception {
        long start = System.nanoTime();
        var builders = database.jdbc().query("select id, host_id from builder order by id", (row, number) ->
                new long[] {row.getLong(1), row.getLong(2)});
        try (var threads = Executors.newFixedThreadPool(3)) {
            var tasks = new ArrayList<Callable<Boolean>>();
            builders.forEach(ids -> tasks.add(() -> {
                store.store(
                        BuilderReading.of(
                                new HostId(ids[1]),
                                new BuilderId(ids[0]),
                                now,
                                Duration.ofMillis(40),
                                FleetCaches.records(ids[0], RECORDS, now)),
                        true);
                return true;
            }));
            for (Future<Boolean> stored : threads.invokeAll(tasks)) {
                assertThat(stored.get()).isTrue();
            }
        }
        Figures.print("stored %d records in %.0f s", (long) HOSTS * RECORDS, (System.nanoTime() - start) / 1e9);
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}
