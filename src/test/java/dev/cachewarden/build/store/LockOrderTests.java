package dev.cachewarden.build.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.steps.ProjectRules;
import dev.cachewarden.build.steps.RulesParts;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Those who change several builds, at the same time and on transactions of their own. */
class LockOrderTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");
    private static final String OWN = "rules: [{class: MODELS_AND_DATA, reason: are our textures, copy: ['assets']}]";

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final ProjectRules rules = RulesParts.in(database, InstantSource.system());
    private final TransactionTemplate transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));

    /** Builds 1 to 4, each with a step; 4 was compared with 1. */
    @BeforeEach
    void fourBuilds() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
        database.jdbc().update("""
                insert into build (source, builder_id, ref, project, project_known_by, state, started_at, compared_with, scenario)
                select 'HISTORY', 1, 'b' || n, 'game', 'GIVEN', 'DONE', now() - make_interval(days => 10 - n),
                    case n when 4 then 1 end, 'UNCHANGED' from generate_series(1, 4) n""");
        database.jdbc().update("""
                insert into build_step (build_id, number, vertex, name, kind, instruction, identity, class, class_reason, state,
                    transferred_bytes, log, log_cut)
                select id, 1, 'v', 'COPY assets /', 'COPY', 'COPY assets /', 'i', 'APPLICATION_CODE', 'copies', 'DONE', 0, '', false
                from build""");
    }

    @Test
    void oldBuildsAreDeletedWhileRulesAreSaved() {
        var both = transactions.execute(status -> {
            holdBuild(2);
            var deleting = begin(() -> builds.deleteOlderThan(LATER));
            var saving = begin(this::save);
            assertThat(saving).isNotDone();
            return List.of(deleting, saving);
        });

        assertThat(Objects.requireNonNull(both))
                .allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
        assertThat(ids()).containsExactly(2L);
    }

    @Test
    void oldBuildsAreDeletedWhileAnotherIsComparedWithOneOfThem() {
        builds.compare(new BuildId(4), build -> {
            var deleting = begin(() -> builds.deleteOlderThan(LATER));
            assertThat(deleting).succeedsWithin(SOON);
            return Optional.of(new BuildComparison(Scenario.UNCHANGED, "nothing changed", new BuildId(3), null, null));
        });

        assertThat(builds.find(new BuildId(4)).orElseThrow().comparison())
                .isEqualTo(new BuildComparison(Scenario.UNCHANGED, "nothing changed", new BuildId(3), null, null));
        builds.deleteOlderThan(Instant.EPOCH);
        assertThat(builds.find(new BuildId(4)).orElseThrow().comparison())
                .as("once it is noticed")
                .isEqualTo(new BuildComparison(Scenario.UNCHANGED, "nothing changed", null, null, null));
    }

    /** The physical order of rows that run is not that of their ids. */
    @Test
    void buildsAreTakenForLostWhileRulesAreSaved() {
        database.jdbc().update("update build set state = 'RUNNING', compared_with = null");
        for (int id = 3; id > 0; id--) {
            database.jdbc().update("update build set label = 'moved behind' where id = ?", id);
        }

        var both = transactions.execute(status -> {
            holdBuild(2);
            var losing = begin(() -> builds.markLost(new BuilderId(1), LATER, List.of()));
            var saving = begin(this::save);
            return List.of(losing, saving);
        });

        assertThat(Objects.requireNonNull(both))
                .allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
    }

    /** The one after it has a lower id, and is to be compared again. */
    @Test
    void aLateBuildIsComparedWhileRulesAreSaved() {
        database.jdbc().update("update build set steps_read_at = now(), steps = 1, comparison_pending = id = 4");
        database.jdbc()
                .update("update build set started_at = started_at - interval '100 days', scenario = null where id = 4");

        var both = transactions.execute(status -> {
            holdBuild(2);
            var saving = begin(this::save);
            var comparing = begin(() -> builds.compareNextPending(
                    List.of(),
                    build -> Optional.of(
                            new BuildComparison(Scenario.FIRST, "there was none before", null, null, null))));
            assertThat(comparing).as("waits for the lock of build 1").isNotDone();
            return List.of(saving, comparing);
        });

        assertThat(Objects.requireNonNull(both))
                .allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
    }

    private static void holdBuild(int id) {
        database.jdbc().queryForList("select id from build where id = ? for update", id);
    }

    /** Returns when it is done or waits for somebody. */
    private static CompletableFuture<Object> begin(Supplier<Object> work) {
        int before = waiting();
        var begun = CompletableFuture.supplyAsync(work, Executors.newVirtualThreadPerTaskExecutor());
        await().atMost(SOON).until(() -> begun.isDone() || waiting() > before);
        return begun;
    }

    private static int waiting() {
        return Objects.requireNonNull(database.jdbc().queryForObject("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'""", Integer.class));
    }

    private Object save() {
        return Objects.requireNonNull(transactions.execute(status -> rules.save("game", OWN, "ann")));
    }

    private static List<@Nullable Long> ids() {
        return database.jdbc().queryForList("select id from build order by id", Long.class);
    }
}
