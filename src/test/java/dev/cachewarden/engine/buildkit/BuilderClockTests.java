package dev.cachewarden.engine.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.Limits;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.state.BuildLog;
import dev.cachewarden.simulator.state.EngineGeneration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/** Builds of builders whose clocks differ from ours. */
class BuilderClockTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant BEGAN = NOW.minusSeconds(60);
    private static final EngineGeneration ENGINE_24 = new EngineGeneration(
            "24.0.9",
            EngineGeneration.ENGINE_26_1.api(),
            EngineGeneration.ENGINE_26_1.oldestApi(),
            11,
            "v0.11.7",
            "Debian GNU/Linux 12 (bookworm)");

    private final EngineNetwork network = new EngineNetwork();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        network.close();
    }

    static Stream<Arguments> skewed() {
        return Stream.of(
                Arguments.of(EngineGeneration.ENGINE_28_5, Duration.ofHours(2), Duration.ofHours(2)),
                Arguments.of(EngineGeneration.ENGINE_28_5, Duration.ofMinutes(-30), Duration.ofMinutes(-30)),
                Arguments.of(EngineGeneration.ENGINE_26_1, Duration.ofSeconds(90), Duration.ofSeconds(90)),
                Arguments.of(EngineGeneration.ENGINE_28_5, Duration.ofMillis(800), Duration.ZERO),
                // It tells no time, so that its times are taken as they are.
                Arguments.of(ENGINE_24, Duration.ofHours(2), Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("skewed")
    void timesOfBuildsAreByOurClock(EngineGeneration generation, Duration ahead, Duration found) {
        var engine = engine(generation, ahead);
        engine.builds()
                .put(new BuildLog.Build(
                        "a",
                        Map.of(),
                        BEGAN.plus(ahead),
                        NOW.plus(ahead),
                        List.of(new BuildLog.Step("[1/1] FROM debian:12", false, Duration.ofSeconds(5), ""))));
        var client = client(InstantSource.fixed(NOW));
        var host = new HostConnection("ci", HostKind.DOCKER_ENGINE, engine.address());

        var moved = ahead.minus(found);
        // It is asked within a short time, and a busy machine may not answer within it.
        await().untilAsserted(() ->
                assertThat(client.clock(host, ControlAccess.UPGRADE).ahead()).isEqualTo(found));
        assertThat(recordedBuilds(client, host)).singleElement().satisfies(build -> {
            assertThat(build.createdAt()).isEqualTo(BEGAN.plus(moved));
            assertThat(build.completedAt()).isEqualTo(NOW.plus(moved));
        });
        assertThat(client.progress(host, ControlAccess.UPGRADE, "a", ProgressLimits.DEFAULT)
                        .vertices())
                .flatExtracting(Vertex::runs)
                .extracting(Vertex.Run::started)
                .containsExactly(BEGAN.plus(moved));
    }

    private static final class StopListening extends RuntimeException {}

    private static List<BuildHistoryRecord> recordedBuilds(ControlClient client, HostConnection host) {
        var heard = new ArrayList<BuildHistoryRecord>();
        try {
            client.listenBuildHistory(host, ControlAccess.UPGRADE, Duration.ofMinutes(2), event -> {
                if (event instanceof BuildHistoryEvent.Ended ended) {
                    heard.add(ended.build());
                    throw new StopListening();
                }
            });
        } catch (StopListening e) {
            // It would be listened to until the time is up.
            assertThat(heard).isNotEmpty();
        }
        return heard;
    }

    private SimulatedEngine engine(EngineGeneration generation, Duration ahead) {
        var engine = SimulatedEngine.onTcp(network, generation, 1, InstantSource.fixed(NOW.plus(ahead)));
        open.add(engine);
        return engine;
    }

    private ControlClient client(InstantSource clock) {
        var client = new ControlClient(
                new EngineSettings(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        DataSize.ofMegabytes(1),
                        Limits.DEFAULT),
                clock);
        open.add(client);
        return client;
    }
}
