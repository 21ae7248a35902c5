package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

/** A builder whose builds cannot be followed for a while. */
@ExtendWith(OutputCaptureExtension.class)
class FollowFailuresTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final OneBuilder builder = new OneBuilder();
    private final FakeFleet fleet = new FakeFleet(clock);
    private final BuildFollower follower = new BuildFollower(
            new FakeFleet(clock),
            builder,
            IntakeParts.of(builds, clock).history(),
            builds,
            new BuildSettings(true, Duration.ofDays(90), Duration.ofHours(1), 256, 64, null),
            clock,
            new Repeater());
    private Followed one;
    private HostFollower host;

    @BeforeEach
    void start() {
        database.clear();
        fleet.addStored(database, 1, "engine");
        one = Followed.of(fleet.all(), id -> false).getFirst();
        var source = new HistorySource(one.host().connection(), one.capabilities(), one.builder());
        var intake = IntakeParts.of(builds, clock).history();
        host = new HostFollower(
                builder, intake, builds, clock, source, new LiveSteps(builder, intake, source, new Semaphore(0)));
        follower.start();
    }

    @AfterEach
    void stop() {
        follower.stop();
    }

    @Test
    void areLoggedOnceAndSoIsTheirEnd(CapturedOutput output) throws InterruptedException {
        builder.failure = new IllegalStateException("odd");
        for (int n = 0; n < 5; n++) {
            assertThat(follower.once(host, one)).isEqualTo(HostFollower.AGAIN_AFTER_FAILURE);
        }
        builder.failure = null;
        follower.once(host, one);
        follower.once(host, one);
        builder.failure = new IllegalStateException("odd again");
        follower.once(host, one);

        assertThat(output.getAll()).containsOnlyOnce("IllegalStateException: odd\n");
        assertThat(output.getAll().split("Following the builds of host-1 failed; will retry", -1))
                .as("logged before and after the recovery")
                .hasSize(3);
        assertThat(output.getAll()).containsOnlyOnce("Following the builds of host-1 again");
    }

    /** The look for hosts fails as well then, and logs it once for all builders. */
    @Test
    void areNotLoggedForEachBuilderWhileTheDatabaseIsAway(CapturedOutput output) throws InterruptedException {
        builder.failure = new DataAccessResourceFailureException("away", new SQLException("nobody answers", "08001"));

        follower.once(host, one);
        follower.once(host, one);

        assertThat(output.getAll()).doesNotContain("Following the builds of");
    }

    private static final class OneBuilder implements BuildHistory {

        private @Nullable RuntimeException failure;

        @Override
        public void listen(
                HostConnection connection,
                HostCapabilities capabilities,
                Duration within,
                Consumer<BuildHistoryEvent> onEvent) {
            if (failure != null) {
                throw failure;
            }
            onEvent.accept(new BuildHistoryEvent.CaughtUp());
        }

        @Override
        public BuildProgress progress(
                HostConnection connection, HostCapabilities capabilities, String ref, ProgressLimits limits) {
            throw new AssertionError("no build was reported");
        }

        @Override
        public void follow(
                HostConnection connection,
                HostCapabilities capabilities,
                String ref,
                ProgressLimits limits,
                Pace pace,
                Consumer<BuildProgress> soFar) {
            throw new AssertionError("no build was reported");
        }
    }
}
