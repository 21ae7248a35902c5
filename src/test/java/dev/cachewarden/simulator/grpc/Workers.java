package dev.cachewarden.simulator.grpc;

import dev.cachewarden.engine.buildkit.wire.BuildkitVersion;
import dev.cachewarden.engine.buildkit.wire.GCPolicy;
import dev.cachewarden.engine.buildkit.wire.WorkerRecord;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.simulator.state.EngineState;
import java.time.Duration;
import java.util.List;

/** The one worker of each engine: who it is and how it collects garbage by itself. */
final class Workers {

    private static final String LABEL = "org.mobyproject.buildkit.worker.";

    /** Numbers of a 250 GB disk. */
    private static final GCPolicy LIMITS = GCPolicy.newBuilder()
            .setReservedSpace(26_000_000_000L)
            .setMaxUsedSpace(202_000_000_000L)
            .setMinFreeSpace(51_000_000_000L)
            .build();

    private Workers() {}

    static WorkerRecord of(EngineState engine) {
        var generation = engine.generation();
        if (!generation.workerHasEngineId()) {
            return WorkerRecord.newBuilder().setId("moby").build();
        }
        var worker = WorkerRecord.newBuilder()
                .setId(engine.id())
                .setBuildkitVersion(version(engine).toBuilder().setVersion(generation.buildkitVersion() + "-moby"));
        if (generation.containerdImageStore()) {
            worker.putLabels(LABEL + "snapshotter", "overlayfs").putLabels(LABEL + "hostname", engine.name());
        }
        if (generation.collectsByDefault()) {
            worker.addGcPolicy(sourcesFirst(generation))
                    .addGcPolicy(LIMITS.toBuilder()
                            .setKeepDuration(Duration.ofDays(60).toNanos()))
                    .addGcPolicy(LIMITS)
                    .addGcPolicy(LIMITS.toBuilder().setAll(true));
        }
        return worker.build();
    }

    static BuildkitVersion version(EngineState engine) {
        return BuildkitVersion.newBuilder()
                .setPackage("github.com/moby/buildkit")
                .setVersion(engine.generation().buildkitVersion())
                .build();
    }

    private static GCPolicy sourcesFirst(EngineGeneration generation) {
        var types = List.of("type==source.local", "type==exec.cachemount", "type==source.git.checkout");
        return GCPolicy.newBuilder()
                .setKeepDuration(Duration.ofDays(2).toNanos())
                .addAllFilters(generation.collectsSourcesFirst() ? types : List.of(String.join(",", types)))
                .setMaxUsedSpace(3_592_570_859L)
                .build();
    }
}
