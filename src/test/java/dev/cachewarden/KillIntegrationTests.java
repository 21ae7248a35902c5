package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.engine.BuildRecipe;
import dev.cachewarden.engine.EnginePorts;
import dev.cachewarden.engine.EngineUnderTest;
import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.testing.EngineCommand;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The service killed by {@code kill -9} while it prunes a real engine, started again, and its word held against the engine:
 * {@code -Dcachewarden.test.kills=50} kills it more often, {@code -Dcachewarden.test.seed=…} repeats the points of a former time.
 */
class KillIntegrationTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final String ENGINE = "28.5";
    private static final int KILLS = Integer.getInteger("cachewarden.test.kills", 5);
    private static final long SEED = Long.getLong("cachewarden.test.seed", System.nanoTime());

    /** With fewer there would not be much of a middle. */
    private static final int FEWEST_RECORDS = 60;

    private static final int BUILT = 80;

    /** Points before the first record is gone, and after the last. */
    private static final int MARGIN = 8;

    private final Random random = new Random(SEED);

    /**
     * A run, as its row tells.
     *
     * @param ended whether it is closed
     */
    private record Row(long id, long plan, String state, boolean ended, long deleted, long skipped, long failed) {}

    /** What the plan of a run lists, as its rows tell. */
    private record Planned(String id, String outcome, String reason) {
        boolean deleted() {
            return "DELETED".equals(outcome);
        }
    }

    @Test
    void leaveNothingUntrueBehindKillsAtRandomPoints() {
        RealEngines.connection(ENGINE);
        System.out.printf("%d kills, cachewarden.test.seed=%d%n", KILLS, SEED);
        int hitInTheMiddle = 0;
        // A large cache that something else left would be deleted four records at a time.
        EngineCommand.docker(ENGINE, "builder", "prune", "--all", "--force");
        var service = start();
        try {
            long host = register(service);
            for (int kill = 1; kill <= KILLS; kill++) {
                fill(service, host);
                var before = present();
                var plan = service.post("/api/v1/plans", """
                        {"hostId": %d, "rules": [{"unusedFor": "0s"}], "limitPerRun": {"maxShare": 100}}""".formatted(host));
                long records = plan.get("planned").get("records").asLong();
                assertThat(records).isGreaterThanOrEqualTo(FEWEST_RECORDS);
                // The first in the middle for certain.
                long point = kill == 1 ? records / 2 : random.nextLong(-MARGIN, records + MARGIN);

                service.post("/api/v1/plans/" + plan.get("id").asLong() + "/run?countdown=PT0S", "");
                waitFor(point, records);
                service.kill();
                var killed = lastRun();
                hitInTheMiddle += killed.deleted > 0 && killed.deleted < records ? 1 : 0;
                service = start();
                var run = closed(killed.id);

                System.out.printf(
                        "kill %d at %d of %d: it was %s with %d deleted, and ended %s with %d deleted, %d skipped, %d failed%n",
                        kill,
                        point,
                        records,
                        killed.state,
                        killed.deleted,
                        run.state,
                        run.deleted,
                        run.skipped,
                        run.failed);
                check(service, host, run, before);
            }
        } finally {
            service.close();
        }
        assertThat(hitInTheMiddle).as("kills during a run").isPositive();
    }

    private static ServiceProcess start() {
        return ServiceProcess.start(
                database,
                "--cachewarden.prune.batch-size=4",
                "--cachewarden.prune.dead-after=2s",
                "--cachewarden.prune.tick=100ms");
    }

    private static long register(ServiceProcess service) {
        return service.post("/api/v1/hosts", """
                        {"name": "killed", "address": "%s", "pollInterval": "5s"}""".formatted(
                                RealEngines.connection(ENGINE).address().text()))
                .get("id")
                .asLong();
    }

    private void fill(ServiceProcess service, long host) {
        // What other tests left in images is there, too, but in no plan.
        sample(service, host);
        var reclaimable = service.get("/api/v1/records/usage?host=killed&state=reclaimable");
        if (reclaimable.get("total").get("records").asLong() < FEWEST_RECORDS + BUILT) {
            RealEngines.named(
                            ENGINE,
                            new EngineUnderTest.Expected("", "", "", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, false))
                    .build(BuildRecipe.unique(BUILT, 3, "pip"));
        }
        // BuildKit takes the first reading after a build for a use of its cache mounts, and lets go of its records a
        // little late.
        sample(service, host);
        await().atMost(Duration.ofMinutes(2)).until(() -> sample(service, host) == 0);
    }

    /** Reads the cache, and tells how many bytes builds hold. */
    private static long sample(ServiceProcess service, long host) {
        return service.post("/api/v1/hosts/" + host + "/sample", "")
                .get("usage")
                .get("total")
                .get("inUseBytes")
                .asLong();
    }

    /** Until that many records are gone; for a negative one some time before, for one too many until the end or shortly before. */
    private void waitFor(long point, long records) {
        long id = lastRun().id;
        if (point < 0) {
            await().pollDelay(Duration.ofMillis(random.nextInt(1, 100))).until(() -> true);
            return;
        }
        await().atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    var run = run(id);
                    return run.ended
                            || run.deleted >= Math.min(point, records)
                                    && (point < records || !run.state.equals("RUNNING"));
                });
    }

    private static Row lastRun() {
        return run(Objects.requireNonNull(database.jdbc().queryForObject("select max(id) from prune_run", Long.class)));
    }

    private static Row run(long id) {
        return Objects.requireNonNull(database.jdbc()
                .queryForObject(
                        "select * from prune_run where id = ?",
                        (row, number) -> new Row(
                                row.getLong("id"),
                                row.getLong("plan_id"),
                                row.getString("state"),
                                row.getObject("ended_at") != null,
                                row.getLong("deleted_count"),
                                row.getLong("skipped_count"),
                                row.getLong("failed_count")),
                        id));
    }

    private static Row closed(long id) {
        return await("run " + id + " is closed").atMost(Duration.ofMinutes(2)).until(() -> run(id), run -> run.ended);
    }

    private static Set<String> present() {
        try (var ports = EnginePorts.open(Map.of())) {
            var engine = RealEngines.connection(ENGINE);
            if (!(ports.prober().probe(engine) instanceof ProbeResult.Reached reached)) {
                throw new AssertionError("Engine " + ENGINE + " does not answer");
            }
            return ports.reader().read(engine, reached.capabilities()).records().stream()
                    .map(record -> record.id())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void check(ServiceProcess service, long host, Row run, Set<String> before) {
        var present = present();
        var planned = planned(run);
        var deleted = planned.stream().filter(Planned::deleted).map(Planned::id).collect(Collectors.toSet());
        var removed = new HashSet<>(before);
        removed.removeAll(present);

        assertThat(run.state).isIn("DONE", "PARTIAL", "FAILED");
        assertThat(planned).extracting(Planned::outcome).doesNotContainNull();
        assertThat(deleted)
                .as("deletions that the run reports, and missing records")
                .isEqualTo(removed);
        assertThat(planned)
                .filteredOn(record -> !record.deleted())
                .extracting(Planned::id)
                .allMatch(present::contains);
        assertThat(run.deleted).isEqualTo(deleted.size());
        assertThat(run.skipped + run.failed).isEqualTo(planned.size() - deleted.size());
        assertThat(count("select count(*) from prune_run where ended_at is null"))
                .isZero();
        sample(service, host);
        assertThat(count("select count(*) from cache_record where deletion_cause = 'RUN' and deleted_by_run_id = "
                        + run.id))
                .as("deletions of this run in the history")
                .isEqualTo(deleted.size());
        // Records that a build made for itself may have been read, and went with it.
        assertThat(count("select count(*) from cache_record where deletion_cause <> 'RUN' and not in_use"))
                .as("records that disappeared without a run")
                .isZero();
        assertThat(count("select count(*) from external_prune")).isZero();
    }

    private static List<Planned> planned(Row run) {
        return database.jdbc()
                .query(
                        "select * from prune_plan_record where plan_id = ?",
                        (row, number) -> new Planned(
                                row.getString("record_id"), row.getString("outcome"), row.getString("outcome_reason")),
                        run.plan);
    }

    private static long count(String sql) {
        return Objects.requireNonNull(database.jdbc().queryForObject(sql, Long.class));
    }
}
