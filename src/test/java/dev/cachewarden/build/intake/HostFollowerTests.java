package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataIntegrityViolationException;

class HostFollowerTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final BuilderId BUILDER = new BuilderId(1);

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final FakeHistory history = new FakeHistory();
    private final BuildIntake intake =
            IntakeParts.of(builds, InstantSource.fixed(NOW)).history();
    private final HistorySource source = new HistorySource(
            new HostConnection("ci", HostKind.DOCKER_ENGINE, HostAddress.parse("tcp://127.0.0.1:1", null)),
            capabilities(),
            BUILDER);
    private final LiveSteps live = new LiveSteps(history, intake, source, new Semaphore(1));
    private final HostFollower follower =
            new HostFollower(history, intake, builds, InstantSource.fixed(NOW), source, live);

    private final AtomicInteger caughtUp = new AtomicInteger();

    @BeforeEach
    void aBuilder() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
    }

    @Test
    void storesReportedBuilds() {
        history.events.add(new BuildHistoryEvent.Started(build("a", NOW.minusSeconds(9), null)));
        history.events.add(new BuildHistoryEvent.Ended(build("a", NOW.minusSeconds(9), NOW)));
        history.events.add(new BuildHistoryEvent.Ended(build("a", NOW.minusSeconds(9), NOW)));
        history.events.add(new BuildHistoryEvent.Started(build("b", NOW.minusSeconds(5), null)));
        history.events.add(new BuildHistoryEvent.Forgotten("old"));

        assertThat(listen()).isZero();

        assertThat(states()).containsExactlyInAnyOrderEntriesOf(Map.of("a", BuildState.DONE, "b", BuildState.RUNNING));
        assertThat(history.asked).containsExactly("a");
    }

    @Test
    void losesWhatRanWhenItLeftAndIsNotThereAnyMore() {
        history.events.add(new BuildHistoryEvent.Started(build("gone", NOW.minusSeconds(9), null)));
        listen();
        history.events.clear();
        history.events.add(new BuildHistoryEvent.CaughtUp());

        listen();

        assertThat(states()).containsEntry("gone", BuildState.LOST);
    }

    /** Builders tell of those that run after all that they remember. */
    @Test
    void losesNoBuildIfListeningEndsEarly() {
        history.events.add(new BuildHistoryEvent.Started(build("a", NOW.minusSeconds(9), null)));
        listen();
        history.events.clear();

        listen();

        assertThat(states()).containsEntry("a", BuildState.RUNNING);
    }

    @Test
    void marksARunningBuildAsLostAfterABuilderRestart() {
        history.events.add(new BuildHistoryEvent.Ended(build("old", NOW.minusSeconds(99), NOW.minusSeconds(90))));
        history.events.add(new BuildHistoryEvent.CaughtUp());
        history.events.add(new BuildHistoryEvent.Started(build("gone", NOW.minusSeconds(9), null)));
        listen();
        history.failure =
                new EngineUnreachableException(new HostProblem(HostProblem.Cause.REFUSED, "nobody listens"), null);
        listen();
        history.failure = null;
        history.events.removeLast();
        history.events.add(new BuildHistoryEvent.Ended(build("next", NOW.minusSeconds(5), NOW)));
        history.onEach = event -> {
            if (event instanceof BuildHistoryEvent.Ended ended
                    && ended.build().ref().equals("next")) {
                assertThat(states()).containsEntry("gone", BuildState.LOST);
            }
        };

        listen();

        assertThat(states()).containsOnlyKeys("old", "gone", "next");
    }

    @Test
    void slowBuilderLosesNoBuild() {
        history.events.add(new BuildHistoryEvent.CaughtUp());
        history.events.add(new BuildHistoryEvent.Started(build("a", NOW.minusSeconds(9), null)));
        listen();
        history.failure =
                new EngineUnreachableException(new HostProblem(HostProblem.Cause.REFUSED, "nobody listens"), null);
        listen();
        history.failure = null;
        history.onEach = event -> {
            if (event instanceof BuildHistoryEvent.Started) {
                assertThat(states()).containsEntry("a", BuildState.RUNNING);
            }
        };

        listen();

        assertThat(states()).containsEntry("a", BuildState.RUNNING);
    }

    @Test
    void lostBuildRunsAgainWhenItsBuilderReportsIt() {
        history.events.add(new BuildHistoryEvent.Started(build("a", NOW.minusSeconds(9), null)));
        listen();
        builds.markLost(BUILDER, NOW, List.of());
        assertThat(states()).containsEntry("a", BuildState.LOST);

        listen();

        assertThat(states()).containsEntry("a", BuildState.RUNNING);
    }

    @Test
    void aBuildThatCannotBeTakenInHoldsUpNoOther() {
        history.events.add(new BuildHistoryEvent.Ended(build("bad", NOW.minusSeconds(9), NOW)));
        history.events.add(new BuildHistoryEvent.Ended(build("good", NOW.minusSeconds(5), NOW)));
        refusing("ref <> 'bad'", () -> {
            assertThatThrownBy(this::listen).isInstanceOf(DataIntegrityViolationException.class);
            assertThat(states()).isEmpty();
            listen();
            assertThat(states()).containsOnlyKeys("good");
        });

        listen();

        assertThat(states()).containsOnlyKeys("good", "bad");
    }

    @Test
    void aBuildWhoseStepsNeverComeIsStoredWithoutThem() {
        history.unreadable = "bad";
        history.events.add(new BuildHistoryEvent.Ended(build("bad", NOW.minusSeconds(9), NOW)));
        history.events.add(new BuildHistoryEvent.Ended(build("good", NOW.minusSeconds(5), NOW)));

        assertThat(listen()).isEqualTo(HostFollower.AGAIN_AFTER_FAILURE);
        assertThat(states()).isEmpty();
        for (int i = 1; i < HostFollower.MOST_ASKED; i++) {
            assertThat(listen()).isZero();
            assertThat(states()).containsOnlyKeys("good");
        }
        listen();

        assertThat(builds.list(BuildFilter.ALL, null, 5).items())
                .filteredOn(build -> "bad".equals(build.ref()))
                .singleElement()
                .satisfies(build -> assertThat(build.gaps())
                        .containsExactly("The builder cannot report the steps of the build: no message of BuildKit's"));
    }

    @Test
    void stepsAreNotGivenUpForFailuresOfTheStore() {
        history.events.add(new BuildHistoryEvent.Ended(build("bad", NOW.minusSeconds(9), NOW)));
        refusing("ref <> 'bad'", () -> {
            assertThatThrownBy(this::listen).isInstanceOf(DataIntegrityViolationException.class);
            for (int i = 0; i < HostFollower.MOST_ASKED; i++) {
                listen();
            }
        });

        history.unreadable = "bad";
        listen();
        assertThat(states()).isEmpty();
        history.unreadable = "";
        listen();

        assertThat(builds.list(BuildFilter.ALL, null, 5).items())
                .singleElement()
                .satisfies(build -> assertThat(build.gaps()).isEmpty());
    }

    /** Its row says that it runs until then. */
    @Test
    void aBuildWhoseEndCannotBeTakenInIsNotLost() {
        history.events.add(new BuildHistoryEvent.Started(build("a", NOW.minusSeconds(9), null)));
        listen();
        history.events.clear();
        history.events.add(new BuildHistoryEvent.Ended(build("a", NOW.minusSeconds(9), NOW)));
        history.events.add(new BuildHistoryEvent.CaughtUp());

        refusing("state <> 'DONE'", () -> {
            assertThatThrownBy(this::listen).isInstanceOf(DataIntegrityViolationException.class);
            listen();
        });
        assertThat(states()).containsEntry("a", BuildState.RUNNING);
        listen();

        assertThat(states()).containsEntry("a", BuildState.DONE);
    }

    @Test
    void keepsABuildWithUnavailableSteps() {
        history.notFound = true;
        history.events.add(new BuildHistoryEvent.Ended(build("a", NOW.minusSeconds(9), NOW)));

        listen();

        assertThat(builds.list(BuildFilter.ALL, null, 5).items())
                .singleElement()
                .satisfies(build -> {
                    assertThat(build.state()).isEqualTo(BuildState.DONE);
                    assertThat(build.gaps()).singleElement().asString().contains("cannot report the steps");
                });
    }

    @Test
    void asksABuilderWithoutHistorySeldomAndOneThatIsAwaySoon() {
        history.failure =
                new EngineRefusedException("ci", "Control/ListenBuildHistory", "UNIMPLEMENTED", "unknown method");
        assertThat(listen()).isEqualTo(HostFollower.AGAIN_WITHOUT_HISTORY);

        history.failure =
                new EngineUnreachableException(new HostProblem(HostProblem.Cause.REFUSED, "nobody listens"), null);
        assertThat(listen()).isEqualTo(HostFollower.AGAIN_AFTER_FAILURE);
    }

    @Test
    void storesTheStepsOfABuildWhileItRuns() {
        var running = build("a", NOW.minusSeconds(9), null);
        history.soFar.add(TestBuild.at(NOW).begins("debian:12").progress());
        history.soFar.add(TestBuild.at(NOW)
                .begins("debian:12")
                .ran("[1/1] FROM debian:12", 5)
                .progress());

        live.follow(running);

        var build = builds.list(BuildFilter.ALL, null, 5).items().getFirst();
        assertThat(build.state()).isEqualTo(BuildState.RUNNING);
        assertThat(build.stepsRead()).isFalse();
        assertThat(builds.steps(build.id()))
                .extracting(BuildStep::name)
                .hasSize(5)
                .contains("[1/1] FROM debian:12");
    }

    @Test
    void whatComesLateChangesNothingOfABuildThatHasEnded() {
        history.events.add(new BuildHistoryEvent.Ended(build("a", NOW.minusSeconds(9), NOW)));
        listen();
        history.soFar.add(TestBuild.at(NOW).begins("debian:12").progress());

        live.follow(build("a", NOW.minusSeconds(9), null));

        var build = builds.list(BuildFilter.ALL, null, 5).items().getFirst();
        assertThat(build.state()).isEqualTo(BuildState.DONE);
        assertThat(builds.steps(build.id())).hasSize(5);
    }

    @Test
    void followsNoMoreStepsAtOnceThanThereIsRoomFor() {
        history.soFar.add(TestBuild.at(NOW).begins("debian:12").progress());
        var full = new LiveSteps(history, intake, source, new Semaphore(0));

        full.follow(build("a", NOW.minusSeconds(9), null));

        assertThat(builds.list(BuildFilter.ALL, null, 5).items()).isEmpty();
    }

    @Test
    void theStoreIsAskedOnceForWhatIsKnown() {
        history.events.add(new BuildHistoryEvent.Ended(build("a", NOW.minusSeconds(9), NOW)));
        listen();
        var anew = new HostFollower(history, intake, builds, InstantSource.fixed(NOW), source, live);
        anew.listen(Duration.ofMinutes(5), caughtUp::incrementAndGet);
        database.jdbc().update("delete from build");

        anew.listen(Duration.ofMinutes(5), caughtUp::incrementAndGet);

        assertThat(history.asked).containsExactly("a");
        assertThat(states()).isEmpty();
    }

    @Test
    void whatABuilderForgotIsAskedForAgain() {
        history.events.add(new BuildHistoryEvent.Ended(build("a", NOW.minusSeconds(9), NOW)));
        listen();
        database.jdbc().update("delete from build");
        history.events.addFirst(new BuildHistoryEvent.Forgotten("a"));

        listen();

        assertThat(states()).containsOnlyKeys("a");
    }

    @Test
    void reportsWhenTheHistoryWasRead() {
        history.events.add(new BuildHistoryEvent.Ended(build("a", NOW.minusSeconds(9), NOW)));
        listen();
        assertThat(caughtUp).hasValue(0);

        history.events.add(new BuildHistoryEvent.CaughtUp());
        listen();

        assertThat(caughtUp).hasValue(1);
    }

    @Test
    void aNewBuildMarksTheHistoryAsRead() {
        history.events.add(new BuildHistoryEvent.Started(build("before", NOW, null)));
        listen();
        assertThat(caughtUp).hasValue(0);

        history.events.add(new BuildHistoryEvent.Started(build("now", NOW.plusMillis(1), null)));
        listen();

        assertThat(caughtUp).hasValue(1);
    }

    /** The store takes no other builds meanwhile. */
    private static void refusing(String others, Runnable meanwhile) {
        database.jdbc().execute("alter table build add constraint refused check (" + others + ")");
        try {
            meanwhile.run();
        } finally {
            database.jdbc().execute("alter table build drop constraint refused");
        }
    }

    private Duration listen() {
        return follower.listen(Duration.ofMinutes(5), caughtUp::incrementAndGet);
    }

    private Map<String, BuildState> states() {
        return builds.list(BuildFilter.ALL, null, 10).items().stream()
                .collect(java.util.stream.Collectors.toMap(build -> String.valueOf(build.ref()), BuildView::state));
    }

    private static BuildHistoryRecord build(String ref, Instant created, @Nullable Instant completed) {
        return new BuildHistoryRecord(ref, Map.of(), null, created, completed, 3, 3, 0);
    }

    private static HostCapabilities capabilities() {
        return new HostCapabilities(
                NOW,
                "engine",
                "28.5.2",
                "1.51",
                "v0.25",
                BuildKitUse.DEFAULT,
                ControlAccess.UPGRADE,
                null,
                null,
                false,
                null,
                List.of(),
                List.of());
    }
}
