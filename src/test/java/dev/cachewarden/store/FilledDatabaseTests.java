package dev.cachewarden.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Migrations of a database with rows of an earlier version. */
class FilledDatabaseTests {

    private static final String SCHEMA = "earlier";

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void migrateToAnEarlierVersion() {
        database.jdbc().execute("drop schema if exists earlier cascade");
    }

    @Test
    void keepsPlansWhoseReasonsWereTexts() {
        migrate("16");
        fill();

        migrate("latest");

        assertThat(database.jdbc()
                        .queryForMap(
                                "select plan_id, position, record_id, rule, reason from earlier.prune_plan_record"))
                .containsEntry("plan_id", 1L)
                .containsEntry("record_id", "aaa")
                .containsEntry("rule", 1)
                .containsEntry("reason", null);
        assertThat(database.jdbc()
                        .queryForList(
                                "select last_start_result::text from earlier.prune_policy order by id", String.class))
                .containsExactly("[{\"code\": \"UNKNOWN\", \"data\": {}, \"skipped\": []}]", null);
        assertThat(database.jdbc()
                        .queryForList(
                                "select deletion_cause from earlier.cache_record order by record_id", String.class))
                .containsExactly("RUN", "UNKNOWN", null);
    }

    private static void migrate(String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas(SCHEMA)
                .target(version)
                .load()
                .migrate();
    }

    private static void fill() {
        var jdbc = database.jdbc();
        jdbc.update("""
                insert into earlier.host (name, kind, address, poll_interval_seconds, created_at, reachability_since)
                values ('ci', 'DOCKER_ENGINE', 'unix:///run/docker.sock', 60, now(), now())""");
        jdbc.update(
                "insert into earlier.builder (host_id, name, driver, created_at) values (1, 'default', 'docker', now())");
        jdbc.update("""
                insert into earlier.prune_policy (document, created_at, updated_at, last_fire_at, last_fire_result)
                values ('{"name":"nightly","enabled":true}', now(), now(), now(), '1 run of 1 record, 4.8 MiB.'),
                    ('{"name":"weekly","enabled":true}', now(), now(), now(), null)""");
        jdbc.update("""
                insert into earlier.prune_plan (host_id, host_name, builder_id, engine_id, mode, snapshot_at, created_at, created_by,
                    rules, limit_per_run_bytes, record_count, total_bytes, kept_count, kept_bytes, kept_reasons, by_type)
                values (1, 'ci', 1, 'engine', 'ENFORCE', now(), now(), 'ada', '[]', 1, 1, 1, 0, 0, '{}', '{}')""");
        jdbc.update("""
                insert into earlier.prune_plan_record (plan_id, position, record_id, type, description, size_bytes, usage_count, rule,
                    reason)
                values (1, 1, 'aaa', 'regular', 'RUN make', 1, 1, 1, 'Rule 1: unused for 21 d (the rule requires 14 d)')""");
        jdbc.update("""
                insert into earlier.cache_record (builder_id, record_id, type, description, parents, size_bytes, in_use, shared,
                    usage_count, first_seen_at, changed_at, gone_at, gone_cause)
                values (1, 'aaa', 'regular', '', '{}', 1, false, false, 1, now(), now(), now(), 'PRUNED_BY_US'),
                    (1, 'bbb', 'regular', '', '{}', 1, false, false, 1, now(), now(), now(), 'UNKNOWN'),
                    (1, 'ccc', 'regular', '', '{}', 1, false, false, 1, now(), now(), null, null)""");
    }
}
