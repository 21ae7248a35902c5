package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.engine.buildkit.FakeBuildkitd;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.ProbeResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ports, filled by a buildkitd of its own. */
class BuildkitdTests {

    private EnginePorts ports;
    private FakeBuildkitd buildkitd;

    @BeforeEach
    void start() throws IOException {
        ports = EnginePorts.open(Map.of());
        buildkitd = FakeBuildkitd.onPort();
    }

    @AfterEach
    void stop() {
        ports.close();
        buildkitd.close();
    }

    @Test
    void probeReportsTheCapabilities() {
        var capabilities = probe();

        assertThat(capabilities.engineId()).isEqualTo(FakeBuildkitd.WORKER_ID);
        assertThat(capabilities.engineVersion()).isNull();
        assertThat(capabilities.apiVersion()).isNull();
        assertThat(capabilities.buildkitVersion()).isEqualTo("v0.32.2");
        assertThat(capabilities.buildKit()).isEqualTo(BuildKitUse.DEFAULT);
        assertThat(capabilities.control()).isEqualTo(ControlAccess.DIRECT);
        assertThat(capabilities.storageDriver()).isEqualTo("overlayfs");
        assertThat(capabilities.gcPolicies()).hasSize(1);
        assertThat(capabilities.notes()).isEmpty();
    }

    @Test
    void aClockThatDiffersIsNoted() {
        buildkitd.reportsTime(Instant.now().plus(Duration.ofDays(2)));

        assertThat(probe().notes()).singleElement().asString().startsWith("Its clock is 1 d 23 h 59 min");
    }

    @Test
    void readsRecords() {
        buildkitd.holds(UsageRecord.newBuilder().setId("abc").setSize(70).build());

        var reading = ports.reader().read(buildkitd.connection(), probe());

        assertThat(reading.records()).extracting(it -> it.size().bytes()).containsExactly(70L);
        assertThat(reading.took()).isPositive();
    }

    @Test
    void hasNoEvents() {
        assertThat(ports.events()
                        .prunesBetween(buildkitd.connection(), probe(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void prunesInBatches() {
        var ids = IntStream.range(0, 1_200).mapToObj(n -> "r" + n).toList();

        var report = prune(FakeBuildkitd.WORKER_ID, ids);

        assertThat(report.method()).isEqualTo(PruneReport.Method.CONTROL);
        assertThat(report.pruned()).extracting(PrunedRecord::recordId).isEqualTo(ids);
        assertThat(report.spaceReclaimed().bytes()).isEqualTo(1_200);
        assertThat(buildkitd.prunes()).extracting(it -> it.getFilterCount()).containsExactly(500, 500, 200);
    }

    @Test
    void anotherBuildkitdIsLeftAlone() {
        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> prune("another", List.of("abc")))
                .withMessage("bk-1 at " + buildkitd.connection().address().text() + " is now engine "
                        + FakeBuildkitd.WORKER_ID
                        + " instead of another. Nothing was deleted. If the engine was reinstalled, remove"
                        + " the host and add it again");
        assertThat(buildkitd.prunes()).isEmpty();
    }

    private HostCapabilities probe() {
        return ((ProbeResult.Reached) ports.prober().probe(buildkitd.connection())).capabilities();
    }

    private PruneReport prune(String engineId, List<String> ids) {
        return ports.pruner().prune(new PruneOrder(buildkitd.connection(), probe(), engineId, ids), it -> {});
    }
}
