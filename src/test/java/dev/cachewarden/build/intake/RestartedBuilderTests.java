package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.EnginePorts;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.state.BuildLog.Build;
import dev.cachewarden.simulator.state.BuildLog.Step;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.simulator.state.Fault;
import dev.cachewarden.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A builder that goes away in the midst of builds, over real connections. */
class RestartedBuilderTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Duration SOON = Duration.ofMinutes(2);

    private final Clock clock = Clock.systemUTC();
    private final Instant began = clock.instant().minusSeconds(60);
    private final EngineNetwork network = new EngineNetwork();
    private final SimulatedEngine engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 7, clock);
    private final EnginePorts ports = EnginePorts.open(Map.of());
    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final HostFollower follower = follower();

    @BeforeEach
    void aBuilder() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
    }

    @AfterEach
    void close() {
        ports.close();
        engine.close();
        network.close();
    }

    @Test
    void restartedBuilderLosesItsBuildsAndIsFollowedAgain() {
        engine.builds().put(build("old", began.plusSeconds(10)));
        engine.builds().put(build("killed", null));
        engine.builds().put(build("detached", null));
        var first = listen();
        await().atMost(SOON)
                .until(() -> states().values().stream()
                                .filter(BuildState.RUNNING::equals)
                                .count()
                        == 2);

        engine.inject(new Fault.Down());
        assertThat(first).succeedsWithin(SOON).isEqualTo(HostFollower.AGAIN_AFTER_FAILURE);
        engine.builds().restart();
        engine.recover();
        var second = listen();
        await().atMost(SOON).until(() -> !states().containsValue(BuildState.RUNNING));
        assertThat(states())
                .isEqualTo(Map.of("old", BuildState.DONE, "killed", BuildState.LOST, "detached", BuildState.LOST));

        engine.builds().put(build("detached", null));
        engine.builds().put(build("next", began.plusSeconds(50)));
        await().atMost(SOON).until(() -> states().containsKey("next"));
        assertThat(second).isNotDone();
        assertThat(states()).containsEntry("detached", BuildState.RUNNING).containsEntry("next", BuildState.DONE);
    }

    @Test
    void thatOnlyLostTheConnectionLosesNothing() {
        engine.builds().put(build("old", began.plusSeconds(10)));
        engine.builds().put(build("long", null));
        var first = listen();
        await().atMost(SOON).until(() -> states().size() == 2);

        engine.inject(new Fault.Down());
        assertThat(first).succeedsWithin(SOON);
        engine.builds().put(build("meanwhile", began.plusSeconds(30)));
        engine.recover();
        listen();
        await().atMost(SOON).until(() -> states().containsKey("meanwhile"));
        assertThat(states()).containsEntry("long", BuildState.RUNNING);

        engine.builds().put(build("long", began.plusSeconds(55)));
        await().atMost(SOON).until(() -> states().get("long") == BuildState.DONE);
    }

    private HostFollower follower() {
        var intake = IntakeParts.of(builds, clock).history();
        var host = new HostConnection("ci", HostKind.DOCKER_ENGINE, engine.address());
        var capabilities = ((ProbeResult.Reached) ports.prober().probe(host)).capabilities();
        var source = new HistorySource(host, capabilities, new BuilderId(1));
        var live = new LiveSteps(ports.history(), intake, source, new Semaphore(4));
        return new HostFollower(ports.history(), intake, builds, clock, source, live);
    }

    private CompletableFuture<Duration> listen() {
        return CompletableFuture.supplyAsync(
                () -> follower.listen(Duration.ofMinutes(5), () -> {}), Executors.newVirtualThreadPerTaskExecutor());
    }

    private Map<String, BuildState> states() {
        return builds.list(BuildFilter.ALL, null, 10).items().stream()
                .collect(Collectors.toMap(build -> String.valueOf(build.ref()), build -> build.state()));
    }

    private Build build(String ref, @Nullable Instant ended) {
        return new Build(
                ref,
                Map.of(),
                began,
                ended,
                List.of(
                        new Step("[1/2] FROM debian:12", false, Duration.ofSeconds(1), ""),
                        new Step("[2/2] RUN make", false, Duration.ofSeconds(2), "made")));
    }
}
