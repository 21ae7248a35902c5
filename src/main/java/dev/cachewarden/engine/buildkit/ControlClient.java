package dev.cachewarden.engine.buildkit;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc.ControlBlockingStub;
import dev.cachewarden.engine.buildkit.wire.DiskUsageRequest;
import dev.cachewarden.engine.buildkit.wire.InfoRequest;
import dev.cachewarden.engine.buildkit.wire.ListWorkersRequest;
import dev.cachewarden.engine.connection.ClockOffset;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
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

    /** 46,656 parts of at least 16 MiB each. */
    private static final int MAX_SPLITS = 3;

    private final EngineSettings settings;
    private final Channels channels;
    private final HistoryCalls history;

    /** @param clock ours, which builders' clocks are held against */
    public ControlClient(EngineSettings settings, InstantSource clock) {
        this.settings = settings;
        this.channels = new Channels(settings);
        this.history = new HistoryCalls(settings, channels, clock);
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
            channels.dropIfBroken(host, access, e);
            throw failures.told(PruneCall.ENDPOINT, within, e);
        }
    }

    /** By how much the builder's clock differs from ours; none where it does not tell. */
    public ClockOffset clock(HostConnection host, ControlAccess access) {
        return history.clock(host, access);
    }

    /**
     * Tells of each build that is remembered or runs, and of all that happens to them, until the time is over. Times are by our clock.
     *
     * @param onEvent called on the calling thread; what it throws cancels the call
     */
    public void listenBuildHistory(
            HostConnection host, ControlAccess access, Duration within, Consumer<BuildHistoryEvent> onEvent) {
        history.listen(host, access, within, onEvent);
    }

    /** The steps of a build, from its log; of one that runs, up to its end. Times are by our clock. */
    public BuildProgress progress(HostConnection host, ControlAccess access, String ref, ProgressLimits limits) {
        return history.progress(host, access, ref, limits);
    }

    /**
     * The steps of a build that runs, up to its end or the end of the time. Times are by our clock.
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
        history.follow(host, access, ref, limits, pace, soFar);
    }

    private <T> T call(
            HostConnection host, ControlAccess access, String endpoint, Function<ControlBlockingStub, T> call) {
        try {
            var stub = ControlGrpc.newBlockingStub(channels.to(host, access))
                    .withDeadlineAfter(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return call.apply(stub);
        } catch (StatusRuntimeException | BadMessageException e) {
            channels.dropIfBroken(host, access, e);
            throw new GrpcFailures(host).told(endpoint, settings.callTimeout(), e);
        }
    }

    @Override
    public void close() {
        channels.close();
    }
}
