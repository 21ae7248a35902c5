package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildEnded;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.BuildView.EngineCount;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BuildIntakeTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");
    private static final BuilderId BUILDER = new BuilderId(1);
    private static final BuildProgress NOTHING = new BuildProgress(List.of(), List.of(), List.of());

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final IntakeParts parts = IntakeParts.of(builds, InstantSource.fixed(BEGAN));
    private final BuildIntake intake = parts.history();

    private List<BuildView> all() {
        return builds.list(BuildFilter.ALL, null, 10).items();
    }

    @BeforeEach
    void aBuilder() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
    }

    /** Builders report their builds again whenever they are asked. */
    @Test
    void aDeletedBuildDoesNotComeBack() {
        var first = record("first", Map.of(), BEGAN.plusSeconds(2), null);
        intake.ended(BUILDER, first, () -> NOTHING);
        intake.ended(BUILDER, record("second", Map.of(), BEGAN.plusSeconds(3), null), () -> NOTHING);
        var deleted = all().stream()
                .filter(build -> "first".equals(build.ref()))
                .findFirst()
                .orElseThrow();

        builds.delete(deleted.id());

        assertThat(intake.ended(BUILDER, first, () -> NOTHING)).isFalse();
        intake.running(BUILDER, first);
        assertThat(all()).extracting(BuildView::ref).containsExactly("second");
        assertThat(intake.known(BUILDER)).contains("first", "second");
        assertThatThrownBy(() -> builds.delete(deleted.id()))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no build " + deleted.id() + ".");
    }

    @Test
    void aRunningBuildIsNotDeleted() {
        intake.running(BUILDER, record("one", Map.of(), null, null));
        var running = all().getFirst().id();

        assertThatThrownBy(() -> builds.delete(running))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Build " + running + " is running. Delete it after it has ended.");
        assertThat(all()).hasSize(1);
    }

    @Test
    void takeABuildOnceAndWhole() {
        var asked = Map.of("build-arg:TOKEN", "hunter2-secret", "filename", "Dockerfile", "target", "app");
        var progress = TestBuild.at(BEGAN)
                .begins("debian:12")
                .ran("[app 1/3] FROM debian:12", 5)
                .cached("[app 2/3] RUN echo hunter2-secret", "[app 1/3] FROM debian:12")
                .ran("[app 3/3] COPY . .", 1_000, "[app 2/3] RUN echo hunter2-secret", TestBuild.CONTEXT)
                .progress();

        intake.running(BUILDER, record("one", asked, null, null));
        boolean taken = intake.ended(BUILDER, record("one", asked, BEGAN.plusMillis(2_500), null), () -> progress);
        boolean again = intake.ended(BUILDER, record("one", asked, BEGAN.plusMillis(2_500), null), () -> NOTHING);

        assertThat(taken).isTrue();
        assertThat(again).isFalse();
        var build = only();
        assertThat(parts.events())
                .containsExactly(new BuildEnded(
                        build.id(), BUILDER, build.outline().project().name(), BuildState.DONE));
        assertThat(build.state()).isEqualTo(BuildState.DONE);
        assertThat(build.duration()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(build.counted()).isEqualTo(new EngineCount(8, 8, 1));
        assertThat(build.hitRate()).isEqualTo(new HitRate(1, 2));
        assertThat(build.transferredBytes()).isEqualTo(2_000_000);
        assertThat(build.outline().target()).isEqualTo("app");
        assertThat(build.outline().argumentDigests()).containsOnlyKeys("TOKEN");
        assertThat(builds.steps(build.id()))
                .hasSize(build.steps())
                .extracting(BuildStep::text)
                .contains("RUN echo ‹TOKEN›");
        assertThat(database.jdbc()
                        .queryForList(
                                "select b::text || s::text from build b join build_step s on s.build_id = b.id",
                                String.class))
                .isNotEmpty()
                .noneMatch(row -> row.contains("hunter2"));
    }

    @Test
    void countWhatEndedJustNowAndNothingOlder() {
        intake.ended(BUILDER, record("new", Map.of(), BEGAN.plusSeconds(2), null), () -> NOTHING);
        intake.ended(BUILDER, record("bad", Map.of(), BEGAN.plusSeconds(2), "exit code: 1"), () -> NOTHING);
        intake.ended(
                BUILDER,
                recordAt("old", BEGAN.minus(Duration.ofHours(2)), BEGAN.minus(Duration.ofHours(1))),
                () -> NOTHING);

        assertThat(parts.meters()
                        .get("cachewarden.builds")
                        .tag("state", "done")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(parts.meters()
                        .get("cachewarden.builds")
                        .tag("state", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(parts.meters().get("cachewarden.build.duration").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    /** Each replica follows all builders, and asks for the steps when it hears of the end. */
    @Test
    void takeABuildOnceAlsoWhereAnotherReplicaIsFaster() {
        var other = IntakeParts.of(builds, InstantSource.fixed(BEGAN));
        var build = record("one", Map.of(), BEGAN.plusSeconds(2), null);
        var progress = TestBuild.at(BEGAN).begins("debian:12").progress();

        boolean taken = intake.ended(BUILDER, build, () -> {
            assertThat(other.history().ended(BUILDER, build, () -> progress)).isTrue();
            return NOTHING;
        });

        assertThat(taken).isFalse();
        assertThat(builds.steps(only().id())).isNotEmpty();
        assertThat(parts.meters().find("cachewarden.builds").counter()).isNull();
        assertThat(other.meters().get("cachewarden.builds").counter().count()).isEqualTo(1);
    }

    @Test
    void storesARunningBuild() {
        intake.running(BUILDER, record("one", Map.of(), null, null));
        intake.running(BUILDER, record("one", Map.of(), null, null));

        assertThat(only().state()).isEqualTo(BuildState.RUNNING);
        assertThat(only().stepsRead()).isFalse();
    }

    @Test
    void neverLetOneThatEndedRunAgain() {
        intake.ended(BUILDER, record("one", Map.of(), BEGAN.plusSeconds(1), null), () -> NOTHING);
        intake.running(BUILDER, record("one", Map.of(), null, null));

        assertThat(only().state()).isEqualTo(BuildState.DONE);
    }

    @Test
    void distinguishesFailedFromCanceled() {
        intake.ended(BUILDER, record("failed", Map.of(), BEGAN.plusSeconds(1), "exit code: 1"), () -> NOTHING);
        intake.ended(
                BUILDER, record("left", Map.of(), BEGAN.plusSeconds(1), "Canceled: context canceled"), () -> NOTHING);

        assertThat(builds.list(BuildFilter.ALL, null, 10).items())
                .extracting(BuildView::ref, BuildView::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("failed", BuildState.FAILED),
                        org.assertj.core.groups.Tuple.tuple("left", BuildState.CANCELED));
    }

    @Test
    void marksBuildsWithAnUnseenEndAsLost() {
        intake.running(BUILDER, record("gone", Map.of(), null, null));
        intake.running(BUILDER, record("here", Map.of(), null, null));

        assertThat(builds.markLost(BUILDER, BEGAN.plusSeconds(60), List.of("here")))
                .isEqualTo(1);

        assertThat(builds.list(
                                new BuildFilter(
                                        null,
                                        java.util.Set.of(),
                                        null,
                                        java.util.Set.of(BuildState.LOST),
                                        null,
                                        BuildSearch.ALL,
                                        null,
                                        null),
                                null,
                                5)
                        .items())
                .extracting(BuildView::ref)
                .containsExactly("gone");
        // It was asleep, not gone.
        intake.ended(BUILDER, record("gone", Map.of(), BEGAN.plusSeconds(90), null), () -> NOTHING);
        assertThat(builds.list(BuildFilter.ALL, null, 5).items())
                .filteredOn(build -> "gone".equals(build.ref()))
                .extracting(BuildView::state)
                .containsExactly(BuildState.DONE);
    }

    @Test
    void listInPartsWithThoseThatRunFirst() {
        for (int i = 0; i < 5; i++) {
            var ended = BEGAN.plusSeconds(100 + i);
            intake.ended(BUILDER, recordAt("b" + i, BEGAN.plusSeconds(i), ended), () -> NOTHING);
        }
        intake.running(BUILDER, recordAt("running", BEGAN.minusSeconds(60), null));

        var first = builds.list(BuildFilter.ALL, null, 3);
        var second = builds.list(BuildFilter.ALL, first.next(), 3);

        assertThat(first.items()).extracting(BuildView::ref).containsExactly("running", "b4", "b3");
        assertThat(second.items()).extracting(BuildView::ref).containsExactly("b2", "b1", "b0");
        assertThat(second.next()).isNull();
    }

    private BuildView only() {
        var all = builds.list(BuildFilter.ALL, null, 10).items();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static BuildHistoryRecord recordAt(String ref, Instant created, @Nullable Instant completed) {
        return new BuildHistoryRecord(ref, Map.of(), null, created, completed, 0, 0, 0);
    }

    private static BuildHistoryRecord record(
            String ref, Map<String, String> attributes, @Nullable Instant completed, @Nullable String error) {
        return new BuildHistoryRecord(ref, attributes, error, BEGAN, completed, 8, 8, 1);
    }
}
