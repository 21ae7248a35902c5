package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two hosts that lead to one engine. */
class BuildFollowerTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration SOON = Duration.ofMinutes(2);

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final OneEngine engine = new OneEngine();
    private final BuildFollower follower = new BuildFollower(
            fleet,
            engine,
            IntakeParts.of(builds, clock).history(),
            builds,
            new BuildSettings(true, Duration.ofDays(90), Duration.ofHours(1), 256, 64, null),
            clock,
            new Repeater());

    private FakeHost first = fleet.add(1, "engine");

    @BeforeEach
    void twoHostsOfOneEngine() {
        database.clear();
        first = fleet.addStored(database, 1, "engine");
        fleet.addStored(database, 2, "engine");
    }

    @AfterEach
    void stop() {
        follower.stop();
    }

    @Test
    void anEngineIsAskedOnceAndByTheOtherHostWhenTheFirstIsAway() {
        follower.start();
        await().atMost(SOON).until(() -> engine.asked.equals(List.of("host-1")));

        first.unreachable();
        first.knownUnreachable = true;
        await().atMost(SOON).until(() -> engine.asked.equals(List.of("host-1", "host-2")));

        await().atMost(SOON).until(() -> engine.reported.size() == 2);
        assertThat(builds.list(BuildFilter.ALL, null, 10).items())
                .extracting(BuildView::ref, BuildView::builder)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a", new BuilderId(1)),
                        org.assertj.core.groups.Tuple.tuple("b", new BuilderId(1)));
    }

    /** Remembers one build more each time that it is asked, and tells of all it remembers, as engines do. */
    private static final class OneEngine implements BuildHistory {

        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final List<String> reported = new CopyOnWriteArrayList<>();

        @Override
        public void listen(
                HostConnection connection,
                HostCapabilities capabilities,
                Duration within,
                Consumer<BuildHistoryEvent> onEvent) {
            asked.add(connection.name());
            for (String ref : List.of("a", "b").subList(0, asked.size())) {
                onEvent.accept(new BuildHistoryEvent.Ended(new BuildHistoryRecord(
                        ref, Map.of(), null, NOW.minusSeconds(60), NOW.minusSeconds(50), 3, 3, 0)));
            }
            reported.add(connection.name());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineUnreachableException(new HostProblem(HostProblem.Cause.TIMEOUT, "cut"), e);
            }
        }

        @Override
        public BuildProgress progress(
                HostConnection connection, HostCapabilities capabilities, String ref, ProgressLimits limits) {
            return TestBuild.at(NOW).begins("debian:12").progress();
        }

        @Override
        public void follow(
                HostConnection connection,
                HostCapabilities capabilities,
                String ref,
                ProgressLimits limits,
                Pace pace,
                Consumer<BuildProgress> soFar) {
            throw new AssertionError("no build runs");
        }
    }
}
