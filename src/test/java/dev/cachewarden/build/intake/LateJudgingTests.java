package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Verdict;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.rules.ProjectRules;
import dev.cachewarden.build.rules.RulesParts;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.history.GoneRecords;
import dev.cachewarden.history.GoneRecords.Gone;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds whose project's rules change when they are stored already, or just then. */
class LateJudgingTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");
    private static final String COPY = "[2/2] COPY assets /assets";
    private static final String OWN = "rules: [{class: MODELS_AND_DATA, reason: are our textures, copy: ['assets']}]";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final InstantSource clock = InstantSource.fixed(BEGAN);
    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final ProjectRules rules = RulesParts.in(database, clock);
    private final BuildIntake intake = IntakeParts.of(builds, rules, clock).history();
    private final List<Gone> gone = new ArrayList<>();
    private final GoneRecords remembered = (builder, after, until, most) -> List.copyOf(gone);
    private final BuildJudge judge = new BuildJudge(builds, remembered);
    private final TransactionTemplate transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));

    @BeforeEach
    void aBuilder() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
    }

    @Test
    void buildsAreToldAnewTheLatestFirst() {
        for (int day = 0; day < 3; day++) {
            build(day);
        }
        assertThat(scenarios()).containsExactly(Scenario.CODE_CHANGED, Scenario.CODE_CHANGED, Scenario.FIRST);

        assertThat(save()).isEqualTo(new ProjectRules.Reclassed(3, 3));
        assertThat(judge.judgeAgain()).isTrue();
        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.CODE_CHANGED, Scenario.FIRST);

        assertThat(judge.judgeAgain()).isTrue();
        assertThat(judge.judgeAgain()).isTrue();
        assertThat(judge.judgeAgain()).isFalse();
        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.MODELS_CHANGED, Scenario.FIRST);
    }

    @Test
    void theyAreToldInTheBackground() {
        build(0);
        build(1);
        save();
        var background = new LateJudging(judge);

        background.start();
        await().atMost(SOON).until(() -> scenarios().getFirst() == Scenario.MODELS_CHANGED);
        background.stop();

        assertThat(background.isRunning()).isFalse();
    }

    @Test
    void whatIsNotRememberedAnyMoreIsLeftAsItWas() {
        build(0);
        build(1);
        build(2);
        database.jdbc().update("""
                update build set scenario = 'CACHE_LOST', miss_cause = 'RecordPruned', miss_text = 'by run 7'
                where scenario <> 'FIRST' and ref = 'day1'""");
        save();

        while (judge.judgeAgain()) {
            // One after the other.
        }

        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.CACHE_LOST, Scenario.FIRST);
    }

    @Test
    void aBuildWhosePredecessorIsGoneIsNoFirstOne() {
        build(0);
        build(1);
        database.jdbc().update("delete from build where ref = 'day0'");
        save();

        assertThat(judge.judgeAgain()).isTrue();

        assertThat(scenarios()).containsExactly(Scenario.CODE_CHANGED);
    }

    @Test
    void whatAnotherReplicaIsAboutIsPassedOver() {
        build(0);
        build(1);
        save();

        transactions.executeWithoutResult(status -> {
            database.jdbc().queryForList("select id from build where ref = 'day1' for update");
            var other = CompletableFuture.supplyAsync(() -> List.of(judge.judgeAgain(), judge.judgeAgain()));
            assertThat(other.join()).containsExactly(true, false);
        });

        assertThat(judge.judgeAgain()).isTrue();
        assertThat(scenarios()).containsExactly(Scenario.MODELS_CHANGED, Scenario.FIRST);
    }

    /** Rules are saved after a build was read with others, and before it is stored. */
    @Test
    void aBuildThatComesInMeanwhileHasTheClassesOfTheNewRules() {
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

    private static int waiting() {
        return Objects.requireNonNull(database.jdbc()
                .queryForObject(
                        "select count(*) from pg_locks where locktype = 'advisory' and not granted", Integer.class));
    }

    private ProjectRules.Reclassed save() {
        return Objects.requireNonNull(transactions.execute(status -> rules.save("game", OWN, "ann")));
    }

    private List<Scenario> scenarios() {
        return builds.list(BuildFilter.ALL, null, 10).items().stream()
                .map(BuildView::verdict)
                .map(Objects::requireNonNull)
                .map(Verdict::scenario)
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
