package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Policies that were saved before scopes were conditions and saves were versions. */
class WidenedPoliciesTests {

    private static final String OLD = "before";

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void clear() {
        JdbcClient.create(database.dataSource())
                .sql("drop schema if exists " + OLD + " cascade")
                .update();
    }

    private final DriverManagerDataSource old =
            new DriverManagerDataSource(database.url() + "?currentSchema=" + OLD, "postgres", "");

    @Test
    void keepTheirScopeAndBecomeTheirFirstKeptVersion() {
        migrate("5");
        JdbcClient.create(old).sql("""
                insert into prune_policy (name, mode, scope, rules, cron, time_zone, max_run_share, created_at, updated_at, version)
                values ('labelled', 'ENFORCE', '{"team": "ml", "env": "ci"}', '[{"types": ["regular"], "unusedForSeconds": 3600}]',
                        '0 3 * * *', 'Europe/Berlin', 20, '2026-01-01Z', '2026-02-01Z', 4),
                    ('for all', 'REPORT', '{}', '[{"types": [], "maxUsedSpaceBytes": 5}]', null, 'UTC', 20, '2026-01-01Z',
                        '2026-02-01Z', 1)""").update();

        migrate("latest");

        var policies = PolicyParts.policies(JdbcClient.create(old), new SettableClock("2026-03-01T00:00:00Z"));
        assertThat(policies.all())
                .extracting(PolicyView::name, policy -> policy.scope().toString(), PolicyView::priority)
                .containsExactly(tuple("for all", "", 0), tuple("labelled", "env=ci,team=ml", 0));
        assertThat(policies.all())
                .allSatisfy(policy -> assertThat(policies.of(policy.id()))
                        .singleElement()
                        .satisfies(version -> {
                            assertThat(version.version()).isEqualTo(policy.version());
                            assertThat(version.content()).isEqualTo(policy.content());
                            assertThat(version.savedAt()).isEqualTo("2026-02-01T00:00:00Z");
                            assertThat(version.savedBy()).isNull();
                        }));
    }

    @Test
    void haveNoGuardsUntilTheyAreSavedWithSome() {
        migrate("8");
        JdbcClient.create(old).sql("""
                with saved as (insert into prune_policy (name, mode, rules, time_zone, max_run_share, created_at, updated_at)
                    values ('eight', 'REPORT', '[{"types": [], "unusedForSeconds": 60}]', 'UTC', 20, '2026-01-01Z', '2026-01-01Z')
                    returning *)
                insert into prune_policy_version (policy_id, version, content, saved_at)
                select id, version, to_jsonb(saved) - array['id', 'version'], updated_at from saved""").update();

        migrate("latest");

        var policies = PolicyParts.policies(JdbcClient.create(old), new SettableClock("2026-03-01T00:00:00Z"));
        assertThat(policies.all()).singleElement().satisfies(policy -> {
            assertThat(policy.guards()).isEqualTo(RunGuards.NONE);
            assertThat(policies.restore(policy.id(), 1, "ada").content()).isEqualTo(policy.content());
        });
    }

    private static void migrate(String target) {
        Flyway.configure()
                .dataSource(database.url(), "postgres", "")
                .schemas(OLD)
                .target(target)
                .load()
                .migrate();
    }
}
