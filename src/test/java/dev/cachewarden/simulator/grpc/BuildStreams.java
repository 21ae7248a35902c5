package dev.cachewarden.simulator.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEvent;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEventType;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryRecord;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryRequest;
import dev.cachewarden.engine.buildkit.wire.StatusResponse;
import dev.cachewarden.engine.buildkit.wire.Vertex;
import dev.cachewarden.engine.buildkit.wire.VertexLog;
import dev.cachewarden.simulator.state.BuildLog;
import dev.cachewarden.simulator.state.BuildLog.Build;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;

/** The streams that tell of an engine's builds. */
final class BuildStreams {

    private final BuildLog log;

    BuildStreams(BuildLog log) {
        this.log = log;
    }

    void listen(BuildHistoryRequest request, ServerCallStreamObserver<BuildHistoryEvent> observer) {
        Consumer<Build> listener = build -> {
            if (!request.getActiveOnly() || build.endedAt() == null) {
                send(observer, event(build));
            }
        };
        observer.setOnCancelHandler(() -> log.leave(listener));
        log.listen(listener);
        if (request.getEarlyExit()) {
            log.leave(listener);
            observer.onCompleted();
        }
    }

    /** Of a build that runs, its first step at once and all of it when it ends. */
    void status(String ref, ServerCallStreamObserver<StatusResponse> observer) {
        var found = log.find(ref);
        if (found.isEmpty()) {
            observer.onError(
                    Status.NOT_FOUND.withDescription("no such job " + ref).asRuntimeException());
            return;
        }
        if (found.get().endedAt() != null) {
            end(found.get(), observer);
            return;
        }
        send(observer, status(found.get(), 1));
        Consumer<Build> listener = build -> {
            if (build.ref().equals(ref) && build.endedAt() != null) {
                end(build, observer);
            }
        };
        observer.setOnCancelHandler(() -> log.leave(listener));
        observer.setOnCloseHandler(() -> log.leave(listener));
        log.listen(listener);
    }

    private static void end(Build build, ServerCallStreamObserver<StatusResponse> observer) {
        send(observer, status(build, build.steps().size()));
        if (!observer.isCancelled()) {
            observer.onCompleted();
        }
    }

    private static <A> void send(ServerCallStreamObserver<A> observer, A message) {
        // One stream, told of by whoever runs builds.
        synchronized (observer) {
            if (!observer.isCancelled()) {
                observer.onNext(message);
            }
        }
    }

    private static BuildHistoryEvent event(Build build) {
        var record = BuildHistoryRecord.newBuilder()
                .setRef(build.ref())
                .setFrontend("dockerfile.v0")
                .putAllFrontendAttrs(build.attributes())
                .setCreatedAt(time(build.startedAt()));
        if (build.endedAt() != null) {
            int cached =
                    (int) build.steps().stream().filter(BuildLog.Step::cached).count();
            record.setCompletedAt(time(build.endedAt()))
                    .setNumTotalSteps(build.steps().size())
                    .setNumCompletedSteps(build.steps().size())
                    .setNumCachedSteps(cached);
        }
        return BuildHistoryEvent.newBuilder()
                .setType(build.endedAt() == null ? BuildHistoryEventType.STARTED : BuildHistoryEventType.COMPLETE)
                .setRecord(record)
                .build();
    }

    private static StatusResponse status(Build build, int steps) {
        var response = StatusResponse.newBuilder();
        var at = build.startedAt();
        String before = "";
        for (var step : build.steps().subList(0, steps)) {
            String digest = "sha256:%08x%056d".formatted((before + step.name()).hashCode(), 0);
            var ended = step.cached() ? at : at.plus(step.took());
            var vertex = Vertex.newBuilder()
                    .setDigest(digest)
                    .setName(step.name())
                    .setStarted(time(at))
                    .setCompleted(time(ended))
                    .setCached(step.cached());
            if (!before.isEmpty()) {
                vertex.addInputs(before);
            }
            response.addVertexes(vertex);
            if (!step.log().isEmpty()) {
                response.addLogs(VertexLog.newBuilder()
                        .setVertex(digest)
                        .setMsg(ByteString.copyFrom(step.log(), StandardCharsets.UTF_8)));
            }
            before = digest;
            at = ended;
        }
        return response.build();
    }

    private static Timestamp time(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
