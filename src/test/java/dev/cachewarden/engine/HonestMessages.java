package dev.cachewarden.engine;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEvent;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEventType;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryRecord;
import dev.cachewarden.engine.buildkit.wire.BuildkitVersion;
import dev.cachewarden.engine.buildkit.wire.DiskUsageResponse;
import dev.cachewarden.engine.buildkit.wire.GCPolicy;
import dev.cachewarden.engine.buildkit.wire.InfoResponse;
import dev.cachewarden.engine.buildkit.wire.ListWorkersResponse;
import dev.cachewarden.engine.buildkit.wire.Position;
import dev.cachewarden.engine.buildkit.wire.ProgressGroup;
import dev.cachewarden.engine.buildkit.wire.Range;
import dev.cachewarden.engine.buildkit.wire.RpcStatus;
import dev.cachewarden.engine.buildkit.wire.StatusResponse;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.buildkit.wire.Vertex;
import dev.cachewarden.engine.buildkit.wire.VertexLog;
import dev.cachewarden.engine.buildkit.wire.VertexStatus;
import dev.cachewarden.engine.buildkit.wire.VertexWarning;
import java.util.Map;
import java.util.Objects;

/** What a buildkitd answers, with every field set, by method. */
final class HonestMessages {

    static final String WORKER = "workerworkerworkerwork123";
    private static final String DIGEST = "sha256:0000000000000000000000000000000000000000000000000000000000000001";
    private static final BuildkitVersion VERSION = BuildkitVersion.newBuilder()
            .setPackage("github.com/moby/buildkit")
            .setVersion("v0.32.2")
            .setRevision("r")
            .build();

    static final Map<String, Message> BY_METHOD = Map.of(
            "ListWorkers", workers(),
            "Info", InfoResponse.newBuilder().setBuildkitVersion(VERSION).build(),
            "DiskUsage", usage(),
            "Prune", record().build(),
            "ListenBuildHistory", event(),
            "Status", status());

    private HonestMessages() {}

    static Message of(String method) {
        return Objects.requireNonNull(BY_METHOD.get(method));
    }

    private static Timestamp at(int second) {
        return Timestamp.newBuilder()
                .setSeconds(1_772_964_000L + second)
                .setNanos(5)
                .build();
    }

    private static ListWorkersResponse workers() {
        return ListWorkersResponse.newBuilder()
                .addRecord(dev.cachewarden.engine.buildkit.wire.WorkerRecord.newBuilder()
                        .setId(WORKER)
                        .putLabels("org.mobyproject.buildkit.worker.snapshotter", "overlayfs")
                        .setBuildkitVersion(VERSION)
                        .addGcPolicy(GCPolicy.newBuilder()
                                .setAll(true)
                                .addFilters("type==source.local")
                                .setKeepDuration(172_800_000_000_000L)
                                .setReservedSpace(1)
                                .setMaxUsedSpace(512_000_000)
                                .setMinFreeSpace(2)))
                .build();
    }

    private static UsageRecord.Builder record() {
        return UsageRecord.newBuilder()
                .setId(Survival.ID)
                .setMutable(true)
                .setSize(4_096)
                .addParents("rootrootrootrootroot12345")
                .setCreatedAt(at(0))
                .setLastUsedAt(at(60))
                .setUsageCount(3)
                .setDescription("[build 2/3] RUN make")
                .setRecordType("regular");
    }

    private static DiskUsageResponse usage() {
        return DiskUsageResponse.newBuilder()
                .addRecord(record())
                .addRecord(UsageRecord.newBuilder()
                        .setId("rootrootrootrootroot12345")
                        .setSize(10)
                        .setCreatedAt(at(0))
                        .setRecordType("regular"))
                .build();
    }

    private static BuildHistoryEvent event() {
        return BuildHistoryEvent.newBuilder()
                .setType(BuildHistoryEventType.COMPLETE)
                .setRecord(BuildHistoryRecord.newBuilder()
                        .setRef("build1")
                        .setFrontend("dockerfile.v0")
                        .putFrontendAttrs("build-arg:TOKEN", "hunter2hunter2")
                        .putFrontendAttrs("target", "app")
                        .setError(RpcStatus.newBuilder().setCode(2).setMessage("exit code: 1"))
                        .setCreatedAt(at(0))
                        .setCompletedAt(at(9))
                        .setNumCachedSteps(1)
                        .setNumTotalSteps(3)
                        .setNumCompletedSteps(3))
                .build();
    }

    private static StatusResponse status() {
        return StatusResponse.newBuilder()
                .addVertexes(Vertex.newBuilder()
                        .setDigest(DIGEST)
                        .addInputs("sha256:2")
                        .setName("[app 1/2] RUN make")
                        .setCached(true)
                        .setStarted(at(1))
                        .setCompleted(at(2))
                        .setError("failed")
                        .setProgressGroup(ProgressGroup.newBuilder()
                                .setId("g")
                                .setName("[app 1/2] RUN make")
                                .setWeak(false)))
                .addStatuses(VertexStatus.newBuilder()
                        .setVertex(DIGEST)
                        .setId("extracting")
                        .setCurrent(1)
                        .setTotal(2)
                        .setStarted(at(1))
                        .setCompleted(at(2)))
                .addLogs(VertexLog.newBuilder().setVertex(DIGEST).setMsg(ByteString.copyFromUtf8("made\n")))
                .addWarnings(VertexWarning.newBuilder()
                        .setVertex(DIGEST)
                        .setShortText(ByteString.copyFromUtf8("old"))
                        .setUrl("https://docs.docker.com/go/dockerfile/rule/")
                        .addRanges(Range.newBuilder()
                                .setStart(Position.newBuilder().setLine(3))))
                .build();
    }
}
