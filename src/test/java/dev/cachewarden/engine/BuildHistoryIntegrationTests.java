package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.engine.buildkit.ControlClient;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** What real engines remember of builds. */
@TestInstance(Lifecycle.PER_CLASS)
class BuildHistoryIntegrationTests {

    private final EnginePorts ports = EnginePorts.open(Map.of());

    @BeforeAll
    void needsEngines() {
        RealEngines.connection("28.5");
    }

    @AfterAll
    void close() {
        ports.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5"})
    void aBuildIsRememberedWithItsSteps(String engine) {
        var host = RealEngines.connection(engine);
        var capabilities = capabilities(host);
        var recipe = BuildRecipe.unique(0, 2, "mount");
        RealEngines.build(host, recipe);

        var build = remembered(host, capabilities).stream()
                .max((a, b) -> a.createdAt().compareTo(b.createdAt()))
                .orElseThrow();
        var progress = ports.history().progress(host, capabilities, build.ref(), ProgressLimits.DEFAULT);

        assertThat(build.error()).isNull();
        assertThat(build.completedAt()).isAfter(build.createdAt());
        assertThat(progress.gaps()).isEmpty();
        assertThat(progress.vertices()).hasSize(build.steps());
        assertThat(progress.vertices())
                .filteredOn(vertex -> vertex.state() == VertexState.CACHED)
                .hasSize(build.cachedSteps());
        assertThat(progress.vertices())
                .extracting(Vertex::name)
                .anyMatch(name -> name.contains("[internal] load build context"))
                .anyMatch(name -> name.contains("RUN echo " + recipe.token() + "-link-1."));
    }

    @Test
    void engineWithoutBuildHistoryReportsUnimplemented() {
        var host = RealEngines.connection("20.10");
        var capabilities = capabilities(host);

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(() -> remembered(host, capabilities))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo("UNIMPLEMENTED"));
    }

    @Test
    void aBuildThatIsNotRememberedIsNotFound() {
        var host = RealEngines.connection("28.5");
        var capabilities = capabilities(host);

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(() -> ports.history().progress(host, capabilities, "nosuchbuild", ProgressLimits.DEFAULT))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo("NOT_FOUND"));
    }

    /** Ours is put forward here, as nobody may touch theirs. */
    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5"})
    void timesOfBuildsAndTheirStepsAreByOurClock(String engine) {
        var host = RealEngines.connection(engine);
        RealEngines.build(host, BuildRecipe.unique(0, 1, "mount"));
        var forward = Duration.ofHours(3);
        var began = Instant.now().plus(forward);
        try (var client = new ControlClient(settings(), () -> Instant.now().plus(forward))) {
            var builds = new ArrayList<BuildHistoryRecord>();
            client.listenBuildHistory(host, ControlAccess.UPGRADE, Duration.ofSeconds(2), event -> {
                if (event instanceof BuildHistoryEvent.Ended end) {
                    builds.add(end.build());
                }
            });
            var latest = builds.stream()
                    .max((a, b) -> a.createdAt().compareTo(b.createdAt()))
                    .orElseThrow();
            var progress = client.progress(host, ControlAccess.UPGRADE, latest.ref(), ProgressLimits.DEFAULT);

            assertThat(latest.createdAt()).isAfter(began.minus(Duration.ofMinutes(10)));
            assertThat(progress.vertices())
                    .flatExtracting(Vertex::runs)
                    .isNotEmpty()
                    .allSatisfy(run -> assertThat(run.started()).isAfter(began.minus(Duration.ofMinutes(10))));
        }
    }

    private List<BuildHistoryRecord> remembered(HostConnection host, HostCapabilities capabilities) {
        var ended = new ArrayList<BuildHistoryRecord>();
        ports.history().listen(host, capabilities, Duration.ofSeconds(2), event -> {
            if (event instanceof BuildHistoryEvent.Ended end) {
                ended.add(end.build());
            }
        });
        return ended;
    }

    private HostCapabilities capabilities(HostConnection host) {
        return ((ProbeResult.Reached) ports.prober().probe(host)).capabilities();
    }

    private static EngineSettings settings() {
        return new EngineSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                DataSize.ofMegabytes(64),
                Limits.DEFAULT);
    }
}
