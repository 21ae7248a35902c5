package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More builders than may tell at a time what they remember. */
class ManyBuildersTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final int AT_A_TIME = 32;
    private static final int HOSTS = AT_A_TIME + 8;
    private static final Duration SOON = Duration.ofMinutes(2);

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final Engines engines = new Engines();
    private final BuildFollower follower = new BuildFollower(
            fleet,
            engines,
            IntakeParts.of(builds, clock).history(),
            builds,
            new BuildSettings(true, Duration.ofDays(90), Duration.ofHours(1), 256, 64, null),
            clock,
            new Repeater());

    @AfterEach
    void stop() {
        follower.stop();
    }

    @Test
    void limitsConcurrentOpeningsAndFollowsAllBuilders() {
        for (int host = 1; host <= HOSTS; host++) {
            fleet.add(host, "engine-" + host);
        }

        follower.start();
        await().atMost(SOON).until(() -> engines.opening.get() == AT_A_TIME);
        assertThat(engines.caughtUp).hasValue(0);

        engines.mayCatchUp.release(1);
        await().atMost(SOON).until(() -> engines.opening.get() == AT_A_TIME && engines.caughtUp.get() == 1);
        engines.mayCatchUp.release(HOSTS);
        await().atMost(SOON).until(() -> engines.caughtUp.get() == HOSTS);
        assertThat(engines.mostOpening).hasValue(AT_A_TIME);
    }

    /** They tell what they remember when they are let, and then stay. */
    private static final class Engines implements BuildHistory {

        private final AtomicInteger opening = new AtomicInteger();
        private final AtomicInteger mostOpening = new AtomicInteger();
        private final AtomicInteger caughtUp = new AtomicInteger();
        private final Semaphore mayCatchUp = new Semaphore(0);

        @Override
        public void listen(
                HostConnection connection,
                HostCapabilities capabilities,
                Duration within,
                Consumer<BuildHistoryEvent> onEvent) {
            try {
                mostOpening.accumulateAndGet(opening.incrementAndGet(), Math::max);
                mayCatchUp.acquire();
                opening.decrementAndGet();
                onEvent.accept(new BuildHistoryEvent.CaughtUp());
                caughtUp.incrementAndGet();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineUnreachableException(new HostProblem(HostProblem.Cause.TIMEOUT, "cut"), e);
            }
        }

        @Override
        public BuildProgress progress(
                HostConnection connection, HostCapabilities capabilities, String ref, ProgressLimits limits) {
            throw new AssertionError("none is remembered");
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
