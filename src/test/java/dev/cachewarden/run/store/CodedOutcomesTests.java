package dev.cachewarden.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.plan.OutcomeReason;
import dev.cachewarden.run.NoRun;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results that were stored as sentences and with the names of classes. */
class CodedOutcomesTests {

    private static final String OLD = "before";
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final DriverManagerDataSource old =
            new DriverManagerDataSource(database.url() + "?currentSchema=" + OLD, "postgres", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(old);

    @BeforeEach
    void oldRows() {
        new JdbcTemplate(database.dataSource()).execute("drop schema if exists " + OLD + " cascade");
        migrate("43");
        // Only the converted columns matter here, so the rows that the others refer to are missing.
        jdbc.execute("""
                alter table prune_plan_record drop constraint prune_plan_record_plan_id_fkey;
                alter table prune_run drop constraint prune_run_plan_id_fkey, drop constraint prune_run_builder_id_fkey;
                alter table build drop constraint build_builder_id_fkey;
                insert into prune_plan_record (plan_id, position, record_id, type, description, size_bytes, usage_count, rule, reason,
                    outcome, outcome_reason)
                select 1, row_number() over (), 'r' || row_number() over (), 'regular', '', 1, 1, 1, '', 'SKIPPED', reason
                from unnest(array['Used since the plan', 'Not reached: the run was stopped', 'Not reached: the run broke off',
                    'Held by its child x1, which stays', 'Pinned since the plan: id = a, b', 'Something else', null]) as old (reason);
                insert into prune_run (plan_id, builder_id, engine_id, state, trigger, requested_by, requested_at, start_at, ended_at,
                    method, message)
                values (1, 1, 'engine', 'PARTLY', 'HAND', 'ada', now(), now(), now(), 'BuildKit''s Control.Prune, by exact ids',
                        'Stopped after 4 failures.'),
                    (2, 1, 'engine', 'CANCELLED', 'SCHEDULE', 'schedule', now(), now(), now(), null, null);
                insert into prune_run_group (policy_name, policy_version, trigger, requested_by, requested_at, without_run)
                values ('nightly', 1, 'HAND', 'ada', now(), '[{"host": "a", "nothing": true, "reason": "There is nothing to delete."},
                    {"host": "b", "nothing": false, "reason": "It is off."}]');
                insert into build (source, builder_id, ref, project, project_known_by, state, started_at, scenario, scenario_reason,
                    missed_step, miss_cause, miss_text)
                values ('HISTORY', 1, 'a', 'shop', 'GIVEN', 'DONE', now(), 'CODE_CHANGED',
                        'First not in the cache: COPY . .. Files changed. Really.', 3, 'InputChanged', 'Files changed. Really.'),
                    ('HISTORY', 1, 'b', 'shop', 'GIVEN', 'DONE', now(), 'FIRST', 'None before.', 1, 'FirstBuild', 'None before.')""");
        migrate("latest");
    }

    private void migrate(String version) {
        Flyway.configure().dataSource(old).schemas(OLD).target(version).load().migrate();
    }

    @Test
    void recordsKeepTheirReasons() {
        var reasons = jdbc.queryForList(
                "select coalesce(outcome_reason::text, '') from prune_plan_record order by position", String.class);

        assertThat(reasons.stream()
                        .map(reason -> reason.isEmpty()
                                ? ""
                                : JSON.readValue(reason, OutcomeReason.class).text()))
                .containsExactly(
                        "Used since the plan",
                        "Not reached: the run was canceled",
                        "Not reached: the run ended early",
                        "Held by its child x1, which stays",
                        "Pinned since the plan: id = a, b",
                        "",
                        "");
    }

    @Test
    void runsKeepTheirTextsUnderNewNames() {
        var runs = jdbc.queryForList(
                "select state || ' ' || trigger || ' ' || coalesce(method, '') from prune_run order by id",
                String.class);
        var notes = jdbc.queryForList("select notes::text from prune_run order by id", String.class).stream()
                .map(stored -> RunNote.text(List.of(JSON.readValue(stored, RunNote[].class))))
                .toList();

        assertThat(runs).containsExactly("PARTIAL MANUAL CONTROL", "CANCELED SCHEDULE ");
        assertThat(notes).containsExactly("Stopped after 4 failures.", null);
    }

    @Test
    void hostsWithoutARunKeepTheirReasons() {
        var hosts = JSON.readTree(jdbc.queryForObject(
                "select without_run::text from prune_run_group where trigger = 'MANUAL'", String.class));

        assertThat(hosts.values().stream().map(host -> host.get("host").asString() + ": " + why(host)))
                .containsExactly("a: There is nothing to delete.", "b: It is off.");
    }

    @Test
    void buildsKeepTheCauseAndTheInstructionOfTheirFirstMiss() {
        assertThat(jdbc.queryForList(
                        "select miss_cause || ': ' || coalesce(missed_instruction, '') from build order by id",
                        String.class))
                .containsExactly("INPUT_CHANGED: COPY . .", "FIRST_BUILD: ");
    }

    private static String why(JsonNode host) {
        return JSON.treeToValue(host.get("why"), NoRun.class).text();
    }
}
