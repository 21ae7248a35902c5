package dev.cachewarden.simulator.grpc;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEvent;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryRequest;
import dev.cachewarden.engine.buildkit.wire.BuildkitVersion;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.DiskUsageRequest;
import dev.cachewarden.engine.buildkit.wire.DiskUsageResponse;
import dev.cachewarden.engine.buildkit.wire.InfoRequest;
import dev.cachewarden.engine.buildkit.wire.InfoResponse;
import dev.cachewarden.engine.buildkit.wire.ListWorkersRequest;
import dev.cachewarden.engine.buildkit.wire.ListWorkersResponse;
import dev.cachewarden.engine.buildkit.wire.PruneRequest;
import dev.cachewarden.engine.buildkit.wire.StatusRequest;
import dev.cachewarden.engine.buildkit.wire.StatusResponse;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.simulator.cache.PruneOptions;
import dev.cachewarden.simulator.cache.RecordFilter;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Answers Control for whichever engine a call came to. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written closes its connection, which is enough.
final class SimulatedControl extends ControlGrpc.ControlImplBase {

    /** Limits are not in our own messages, so that we cannot send them; others can. */
    private static final int RESERVED_SPACE = 4;

    private static final int MAX_USED_SPACE = 5;
    private static final int MIN_FREE_SPACE = 6;

    @Override
    public void diskUsage(DiskUsageRequest request, StreamObserver<DiskUsageResponse> observer) {
        answer("DiskUsage", request, observer, engine -> {
            RecordFilter filter = filter("diskusage", request.getFilterList());
            var response = DiskUsageResponse.newBuilder();
            for (var record : engine.cache().views()) {
                if (filter.test(RecordFilter.fieldsOf(record))) {
                    UsageRecords.addTo(response, record, engine);
                }
            }
            engine.cache().wasRead();
            return response.build();
        });
    }

    @Override
    public void prune(PruneRequest request, StreamObserver<UsageRecord> observer) {
        var connection = ControlServer.CONNECTION.get();
        var engine = connection.engine();
        var caller = (ServerCallStreamObserver<UsageRecord>) observer;
        // Handlers must be set before this method returns, so before the delay.
        var prune = new PruneCall(connection, caller);
        note(engine, "Prune", request);
        delayed(connection, () -> prune.start(options(request, engine)));
    }

    @Override
    public void listWorkers(ListWorkersRequest request, StreamObserver<ListWorkersResponse> observer) {
        answer(
                "ListWorkers",
                request,
                observer,
                engine -> ListWorkersResponse.newBuilder()
                        .addRecord(Workers.of(engine))
                        .build());
    }

    @Override
    public void info(InfoRequest request, StreamObserver<InfoResponse> observer) {
        answer("Info", request, observer, engine -> {
            if (!engine.generation().hasInfoRpc()) {
                throw Status.UNIMPLEMENTED
                        .withDescription("unknown method Info for service moby.buildkit.v1.Control")
                        .asRuntimeException();
            }
            BuildkitVersion version = Workers.version(engine);
            return InfoResponse.newBuilder().setBuildkitVersion(version).build();
        });
    }

    @Override
    public void listenBuildHistory(BuildHistoryRequest request, StreamObserver<BuildHistoryEvent> observer) {
        var connection = ControlServer.CONNECTION.get();
        var engine = connection.engine();
        if (!engine.generation().keepsHistory()) {
            super.listenBuildHistory(request, observer);
            return;
        }
        note(engine, "ListenBuildHistory", request);
        var caller = (ServerCallStreamObserver<BuildHistoryEvent>) observer;
        // Handlers must be set before this method returns; no delay is played here.
        new BuildStreams(engine.builds()).listen(request, caller);
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> observer) {
        var engine = ControlServer.CONNECTION.get().engine();
        note(engine, "Status", request);
        new BuildStreams(engine.builds()).status(request.getRef(), (ServerCallStreamObserver<StatusResponse>) observer);
    }

    private interface Answering<A> {
        A of(EngineState engine);
    }

    private static <A> void answer(
            String name, MessageOrBuilder request, StreamObserver<A> observer, Answering<A> answering) {
        var connection = ControlServer.CONNECTION.get();
        note(connection.engine(), name, request);
        delayed(connection, () -> {
            try {
                A answer = answering.of(connection.engine());
                observer.onNext(answer);
                observer.onCompleted();
            } catch (io.grpc.StatusRuntimeException e) {
                observer.onError(e);
            }
        });
    }

    private static void note(EngineState engine, String name, MessageOrBuilder request) {
        engine.requests()
                .add(
                        "Control/" + name,
                        "Control/" + name + " "
                                + TextFormat.printer().emittingSingleLine(true).printToString(request));
    }

    /** Does it now, later, or never, as the engine's faults have it. */
    private static void delayed(ControlServer.Connection connection, Runnable work) {
        var engine = connection.engine();
        if (engine.hangsAt("Control")) {
            return;
        }
        var slow = engine.fault(Fault.Slow.class);
        if (slow.isEmpty()) {
            work.run();
        } else {
            connection.front().eventLoop().schedule(work, slow.get().by().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    static RecordFilter filter(String what, List<String> filters) {
        try {
            return RecordFilter.anyOf(filters);
        } catch (RecordFilter.SyntaxException e) {
            throw Status.UNKNOWN
                    .withDescription("failed to parse " + what + " filters [" + String.join(" ", filters) + "]: "
                            + e.getMessage())
                    .asRuntimeException();
        }
    }

    private static PruneOptions options(PruneRequest request, EngineState engine) {
        boolean all = engine.generation().readsAllLimits();
        return new PruneOptions(
                request.getFilterList(),
                request.getAll(),
                Duration.ofNanos(request.getKeepDuration()),
                limit(request, RESERVED_SPACE),
                all ? limit(request, MAX_USED_SPACE) : 0,
                all ? limit(request, MIN_FREE_SPACE) : 0);
    }

    private static long limit(PruneRequest request, int number) {
        var values = request.getUnknownFields().getField(number).getVarintList();
        return values.isEmpty() ? 0 : values.getLast();
    }
}
