package dev.cachewarden.engine.buildkit;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.buildkit.DrainedCall.SilenceException;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEventType;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryRequest;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc.ControlBlockingStub;
import dev.cachewarden.engine.buildkit.wire.DiskUsageRequest;
import dev.cachewarden.engine.buildkit.wire.InfoRequest;
import dev.cachewarden.engine.buildkit.wire.ListWorkersRequest;
import dev.cachewarden.engine.buildkit.wire.StatusRequest;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls {@code moby.buildkit.v1.Control}. Each method throws {@link dev.cachewarden.engine.EngineRefusedException} or {@link
 * dev.cachewarden.engine.EngineUnreachableException}.
 */
public final class ControlClient implements AutoCloseable {

    /** BuildKit's ids are numbers of base 36. */
    private static final String ID_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static final String STATUS = "Control/Status";

    /** 46,656 parts of at least 16 MiB each. */
    private static final int MAX_SPLITS = 3;

    private final EngineSettings settings;
    private final Channels channels;

    public ControlClient(EngineSettings settings) {
        this.settings = settings;
        this.channels = new Channels(settings);
    }

    /** All records of the cache. An answer too large for one message is asked for in parts. */
    public List<CacheRecord> diskUsage(HostConnection host, ControlAccess access) {
        var records = new ArrayList<CacheRecord>();
        diskUsage(host, access, "", records);
        var ids = new HashSet<String>();
        for (var record : records) {
            if (!ids.add(record.id())) {
                throw new GrpcFailures(host)
                        .plain()
                        .badAnswer("Control/DiskUsage", "cache record " + record.id() + " is listed twice", null);
            }
        }
        return records;
    }

    private void diskUsage(HostConnection host, ControlAccess access, String idPrefix, List<CacheRecord> records) {
        var request = DiskUsageRequest.newBuilder();
        if (!idPrefix.isEmpty()) {
            request.addFilter("id~=^" + idPrefix);
        }
        boolean complete = call(host, access, "Control/DiskUsage", stub -> {
            try {
                var answer = stub.diskUsage(request.build());
                answer.getRecordList().forEach(record -> records.add(WireValues.record(record)));
                return true;
            } catch (StatusRuntimeException e) {
                // BuildKit sends no message over 16 MiB (moby/buildkit#3381).
                if (e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED && idPrefix.length() < MAX_SPLITS) {
                    return false;
                }
                throw e;
            }
        });
        if (!complete) {
            for (char digit : ID_DIGITS.toCharArray()) {
                diskUsage(host, access, idPrefix + digit, records);
            }
        }
    }

    /** The workers; an engine and a usual buildkitd have one. */
    public List<WorkerAnswer> workers(HostConnection host, ControlAccess access) {
        return call(
                host,
                access,
                "Control/ListWorkers",
                stub -> stub.listWorkers(ListWorkersRequest.getDefaultInstance()).getRecordList().stream()
                        .map(WireValues::worker)
                        .toList());
    }

    /** BuildKit's version; refused with {@code UNIMPLEMENTED} before 0.11. */
    public String version(HostConnection host, ControlAccess access) {
        return call(
                host,
                access,
                "Control/Info",
                stub -> stub.info(InfoRequest.getDefaultInstance())
                        .getBuildkitVersion()
                        .getVersion());
    }

    /**
     * Deletes the records named, as far as nothing holds them, and returns when the builder has ended.
     *
     * @param recordIds at least one, each letters and digits only
     * @param onPruned called on the calling thread; what it throws cancels the call
     */
    public void prune(
            HostConnection host,
            ControlAccess access,
            List<String> recordIds,
            Duration within,
            Consumer<PrunedRecord> onPruned) {
        var failures = new GrpcFailures(host);
        try {
            new PruneCall(recordIds, within, settings.pruneIdleTimeout(), failures)
                    .run(channels.to(host, access), onPruned);
        } catch (StatusRuntimeException | BadMessageException e) {
            drop(host, access, e);
            throw failures.told(PruneCall.ENDPOINT, within, e);
        }
    }

    /**
     * Tells of each build that is remembered or runs, and of all that happens to them, until the time is over.
     *
     * @param onEvent called on the calling thread; what it throws cancels the call
     */
    public void listenBuildHistory(
            HostConnection host, ControlAccess access, Duration within, Consumer<BuildHistoryEvent> onEvent) {
        var request = BuildHistoryRequest.getDefaultInstance();
        try {
            stream(host, access, ControlGrpc.getListenBuildHistoryMethod(), request, within, event -> {
                if (event.getType() == BuildHistoryEventType.DELETED) {
                    onEvent.accept(
                            new BuildHistoryEvent.Forgotten(event.getRecord().getRef()));
                } else if (event.getType() != BuildHistoryEventType.UNRECOGNIZED) {
                    var build = BuildWire.record(event.getRecord());
                    onEvent.accept(
                            event.getType() == BuildHistoryEventType.STARTED
                                    ? new BuildHistoryEvent.Started(build)
                                    : new BuildHistoryEvent.Ended(build));
                }
            });
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                drop(host, access, e);
                throw new GrpcFailures(host).told("Control/ListenBuildHistory", within, e);
            }
        }
    }

    /** The steps of a build, from its log; of one that runs, up to its end. */
    public BuildProgress progress(HostConnection host, ControlAccess access, String ref, ProgressLimits limits) {
        var recorder = new ProgressRecorder(limits);
        var request = StatusRequest.newBuilder().setRef(ref).build();
        var within = settings.callTimeout();
        try {
            stream(
                    host,
                    access,
                    ControlGrpc.getStatusMethod(),
                    request,
                    within,
                    status -> BuildWire.tell(status, recorder));
        } catch (StatusRuntimeException e) {
            drop(host, access, e);
            throw new GrpcFailures(host).told(STATUS, within, e);
        }
        return recorder.progress();
    }

    /**
     * The steps of a build that runs, up to its end or the end of the time.
     *
     * @param soFar called on the calling thread; what it throws cancels the call
     */
    public void followProgress(
            HostConnection host,
            ControlAccess access,
            String ref,
            ProgressLimits limits,
            BuildHistory.Pace pace,
            Consumer<BuildProgress> soFar) {
        var request = StatusRequest.newBuilder().setRef(ref).build();
        var failures = new GrpcFailures(host);
        try (var call =
                DrainedCall.start(channels.to(host, access), ControlGrpc.getStatusMethod(), request, pace.within())) {
            new PacedProgress(new ProgressRecorder(limits), pace.every(), soFar).read(call);
        } catch (BadMessageException e) {
            throw failures.plain().badAnswer(STATUS, String.valueOf(e.getMessage()), e);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                drop(host, access, e);
                throw failures.told(STATUS, pace.within(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.plain().interrupted(STATUS);
        }
    }

    private <Q, A> void stream(
            HostConnection host,
            ControlAccess access,
            MethodDescriptor<Q, A> method,
            Q request,
            Duration within,
            Consumer<A> onMessage) {
        var failures = new GrpcFailures(host).plain();
        String endpoint = "Control/" + method.getBareMethodName();
        try (var call = DrainedCall.start(channels.to(host, access), method, request, within)) {
            for (var next = call.next(within); next != null; next = call.next(within)) {
                onMessage.accept(next);
            }
        } catch (BadMessageException e) {
            throw failures.badAnswer(endpoint, String.valueOf(e.getMessage()), e);
        } catch (SilenceException e) {
            throw Status.DEADLINE_EXCEEDED.asRuntimeException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(endpoint);
        }
    }

    private <T> T call(
            HostConnection host, ControlAccess access, String endpoint, Function<ControlBlockingStub, T> call) {
        try {
            var stub = ControlGrpc.newBlockingStub(channels.to(host, access))
                    .withDeadlineAfter(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return call.apply(stub);
        } catch (StatusRuntimeException | BadMessageException e) {
            drop(host, access, e);
            throw new GrpcFailures(host).told(endpoint, settings.callTimeout(), e);
        }
    }

    private void drop(HostConnection host, ControlAccess access, RuntimeException failure) {
        if (GrpcFailures.breaksConnection(failure)) {
            channels.drop(host, access);
        }
    }

    @Override
    public void close() {
        channels.close();
    }
}
