package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.ProjectRules;
import dev.cachewarden.build.steps.RulesParts;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.history.DeletedRecords;
import dev.cachewarden.history.DeletedRecords.DeletedRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds whose project's rules change when they are stored already, or just then. */
class BackgroundComparerTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");
    private static final String COPY = "[2/2] COPY assets /assets";
    private static final String OWN = "rules: [{class: MODELS_AND_DATA, reason: are our textures, copy: ['assets']}]";
    private static final Duration SOON = Duration.ofMinutes(2);

    private final SettableClock clock = new SettableClock(BEGAN.toString());
    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final ProjectRules rules = RulesParts.in(database, clock);
    private final BuildIntake intake = IntakeParts.of(builds, rules, clock).history();
    private final List<DeletedRecord> deleted = new ArrayList<>();
    private final DeletedRecords remembered = (builder, after, until, most) -> List.copyOf(deleted);
    private final BuildComparer comparer = new BuildComparer(builds, remembered);
    private final TransactionTemplate transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));

    @BeforeEach
    void aBuilder() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
    }

    @Test
    void comparesTheLatestBuildFirst() {
        for (int day = 0; day < 3; day++) {
            build(day);
        }
        assertThat(scenarios()).containsExactly(Scenario.CODE_CHANGED, Scenario.CODE_CHANGED, Scenario.FIRST);

        assertThat(save()).isEqualTo(new ProjectRules.Reclassed(3, 3));
        assertThat(comparer.compareNextPending(List.of())).isPresent();
        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.CODE_CHANGED, Scenario.FIRST);

        assertThat(comparer.compareNextPending(List.of())).isPresent();
        assertThat(comparer.compareNextPending(List.of())).isPresent();
        assertThat(comparer.compareNextPending(List.of())).isEmpty();
        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.MODELS_CHANGED, Scenario.FIRST);
    }

    @Test
    void comparesInTheBackground() {
        build(0);
        build(1);
        save();
        var background = new BackgroundComparer(comparer, clock, new Repeater());

        background.start();
        await().atMost(SOON).until(() -> scenarios().getFirst() == Scenario.MODELS_CHANGED);
        background.stop();

        assertThat(background.isRunning()).isFalse();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aBuildThatCannotBeComparedHoldsUpNoOtherAndIsGivenUp(CapturedOutput output) {
        for (int day = 0; day < 3; day++) {
            build(day);
        }
        save();
        var background = new BackgroundComparer(comparer, clock, new Repeater());

        refusing("day2", Scenario.MODELS_CHANGED, () -> {
            background.step();
            assertThat(scenarios()).containsExactly(Scenario.CODE_CHANGED, Scenario.MODELS_CHANGED, Scenario.FIRST);
            background.step();
            assertThat(pendingComparisons()).containsExactly("day2");
            for (int tries = 1; tries < BackgroundComparer.MOST_TRIES; tries++) {
                assertThat(pendingComparisons()).containsExactly("day2");
                clock.pass(BackgroundComparer.TRIED_AGAIN_AFTER);
                background.step();
            }
        });

        assertThat(pendingComparisons()).isEmpty();
        assertThat(scenarios()).first().isEqualTo(Scenario.CODE_CHANGED);
        assertThat(output)
                .containsOnlyOnce("Build " + newest().id()
                        + " of game could not be compared after 3 attempts; keeping the previous result");
    }

    @Test
    void whatABuildFailedByMayPass() {
        build(0);
        build(1);
        save();
        var background = new BackgroundComparer(comparer, clock, new Repeater());
        refusing("day1", Scenario.MODELS_CHANGED, background::step);

        clock.pass(BackgroundComparer.TRIED_AGAIN_AFTER);
        background.step();

        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.FIRST);
        assertThat(pendingComparisons()).isEmpty();
    }

    @Test
    void aBuildThatCouldNotBeComparedWhenItCameInIsStoredAndComparedInTheBackground() {
        build(0);
        refusing("day1", Scenario.CODE_CHANGED, () -> build(1));
        assertThat(newest().comparison()).isNull();

        new BackgroundComparer(comparer, clock, new Repeater()).step();

        assertThat(scenarios()).containsExactly(Scenario.CODE_CHANGED, Scenario.FIRST);
        assertThat(pendingComparisons()).isEmpty();
    }

    /** As when the service ends between the two. */
    @Test
    void whatWasStoredAndNotComparedIsAndTheOneAfterItToo() {
        build(1);
        refusing("day0", Scenario.FIRST, () -> build(0));
        assertThat(scenarios(BuildFilter.ALL)).containsExactly(Scenario.FIRST);

        new BackgroundComparer(comparer, clock, new Repeater()).step();

        assertThat(scenarios()).containsExactly(Scenario.CODE_CHANGED, Scenario.FIRST);
    }

    @Test
    void theOneAfterABuildComparedLateIsStillToBeComparedThen() {
        build(1);
        refusing("day0", Scenario.FIRST, () -> build(0));
        database.jdbc().update("update build set comparison_pending = ref = 'day0'");

        assertThat(comparer.compareNextPending(List.of())).isPresent();

        assertThat(pendingComparisons()).containsExactly("day1");
    }

    @Test
    void aBuildWhoseEndNeedsNoComparisonIsNotLeftToBe() {
        intake.ended(
                new BuilderId(1),
                new BuildHistoryRecord("left", Map.of(), "context canceled", BEGAN, BEGAN.plusSeconds(1), 1, 0, 0),
                () -> TestBuild.at(BEGAN).begins("debian:12").progress());

        assertThat(pendingComparisons()).isEmpty();
    }

    @Test
    void whatIsNotRememberedAnyMoreIsLeftAsItWas() {
        build(0);
        build(1);
        build(2);
        database.jdbc().update("""
                update build set scenario = 'CACHE_LOST', miss_cause = 'RECORD_PRUNED', miss_text = 'by run 7'
                where scenario <> 'FIRST' and ref = 'day1'""");
        save();

        while (comparer.compareNextPending(List.of()).isPresent()) {
            // One after the other.
        }

        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.CACHE_LOST, Scenario.FIRST);
    }

    @Test
    void buildWithADeletedPredecessorIsNotFirst() {
        build(0);
        build(1);
        database.jdbc().update("delete from build where ref = 'day0'");
        save();

        assertThat(comparer.compareNextPending(List.of())).isPresent();

        assertThat(scenarios()).containsExactly(Scenario.CODE_CHANGED);
    }

    @Test
    void skipsABuildThatAnotherReplicaCompares() {
        build(0);
        build(1);
        save();

        transactions.executeWithoutResult(status -> {
            database.jdbc().queryForList("select id from build where ref = 'day1' for update");
            var other = CompletableFuture.supplyAsync(() -> List.of(
                    comparer.compareNextPending(List.of()).isPresent(),
                    comparer.compareNextPending(List.of()).isPresent()));
            assertThat(other.join()).containsExactly(true, false);
        });

        assertThat(comparer.compareNextPending(List.of())).isPresent();
        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.FIRST);
    }

    /** Rules are saved after a build was read with others, and before it is stored. */
    @Test
    void buildStoredAfterARuleChangeUsesTheNewRules() {
        save();
        // One that knows no rules of projects stands for one that read them before they were saved.
        build(IntakeParts.of(builds, clock).history(), 0);

        assertThat(builds.steps(newest().id()).getLast())
                .extracting(BuildStep::stepClass, BuildStep::classReason)
                .asString()
                .isEqualTo("[MODELS_AND_DATA, assets are our textures]");
    }

    @Test
    void rulesWaitForBuildsThatAreJustStored() {
        var saved = transactions.execute(status -> {
            rules.held("game");
            var saving = CompletableFuture.supplyAsync(this::save);
            await().atMost(SOON).until(() -> waiting() == 1);
            build(0);
            return saving;
        });

        assertThat(Objects.requireNonNull(saved).join()).isEqualTo(new ProjectRules.Reclassed(1, 1));
    }

    /** The store takes no comparison on one build meanwhile. */
    private static void refusing(String ref, Scenario comparison, Runnable meanwhile) {
        database.jdbc()
                .execute("alter table build add constraint refused check (ref <> '" + ref
                        + "' or scenario is distinct from '" + comparison + "')");
        try {
            meanwhile.run();
        } finally {
            database.jdbc().execute("alter table build drop constraint refused");
        }
    }

    private static List<@Nullable String> pendingComparisons() {
        return database.jdbc().queryForList("select ref from build where comparison_pending", String.class);
    }

    private static int waiting() {
        return Objects.requireNonNull(database.jdbc()
                .queryForObject(
                        "select count(*) from pg_locks where locktype = 'advisory' and not granted", Integer.class));
    }

    private ProjectRules.Reclassed save() {
        return Objects.requireNonNull(transactions.execute(status -> rules.save("game", OWN, "ann")));
    }

    private List<Scenario> scenarios() {
        assertThat(builds.list(BuildFilter.ALL, null, 10).items()).noneMatch(build -> build.comparison() == null);
        return scenarios(BuildFilter.ALL);
    }

    private List<Scenario> scenarios(BuildFilter filter) {
        return builds.list(filter, null, 10).items().stream()
                .map(BuildView::comparison)
                .filter(Objects::nonNull)
                .map(BuildComparison::scenario)
                .toList();
    }

    private BuildView newest() {
        return builds.list(BuildFilter.ALL, null, 1).items().getFirst();
    }

    private void build(int day) {
        build(intake, day);
    }

    private static void build(BuildIntake intake, int day) {
        var began = BEGAN.plus(Duration.ofDays(day));
        intake.ended(
                new BuilderId(1),
                new BuildHistoryRecord(
                        "day" + day,
                        Map.of("build-arg:BUILDKIT_BUILD_NAME", "game"),
                        null,
                        began,
                        began.plusSeconds(60),
                        6,
                        6,
                        0),
                () -> TestBuild.at(began)
                        .begins("debian:12")
                        .cached("[1/2] FROM debian:12")
                        .ran(COPY, 4_000, "[1/2] FROM debian:12", TestBuild.CONTEXT)
                        .progress());
    }
}
