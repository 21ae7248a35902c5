package dev.cachewarden.engine.buildkit;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.BadMessageException;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.ClockOffset;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.RecordIntake;
import dev.cachewarden.engine.TimeLimit;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc.ControlBlockingStub;
import dev.cachewarden.engine.buildkit.wire.DiskUsageRequest;
import dev.cachewarden.engine.buildkit.wire.DiskUsageResponse;
import dev.cachewarden.engine.buildkit.wire.InfoRequest;
import dev.cachewarden.engine.buildkit.wire.ListWorkersRequest;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A client of {@code moby.buildkit.v1.Control}. Each method throws {@link dev.cachewarden.engine.EngineRefusedException} or
 * {@link dev.cachewarden.engine.EngineUnreachableException}.
 */
public final class ControlClient implements AutoCloseable {

    /** The digits of BuildKit's IDs, which are numbers of base 36. */
    private static final String ID_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

    /** The maximum depth of splits: 46,656 parts of at least 16 MiB each. */
    private static final int MAX_SPLITS = 3;

    /** The time limit of all parts together, as a multiple of the limit of one call. */
    private static final int MAX_TIME = 10;

    private final EngineSettings settings;
    private final Channels channels;
    private final HistoryCalls history;

    /** @param clock Cachewarden's clock, to determine the offsets of the builders' clocks */
    public ControlClient(EngineSettings settings, InstantSource clock) {
        this.settings = settings;
        this.channels = new Channels(settings);
        this.history = new HistoryCalls(settings, channels, clock);
    }

    /** Returns all records of the cache. Reads it in parts if the answer is too large for one message. */
    public List<CacheRecord> diskUsage(HostConnection host, ControlAccess access) {
        var reading = new Reading(new RecordIntake(settings.limits()), System.nanoTime());
        diskUsage(host, access, "", reading);
        if (reading.split && reading.records.records().isEmpty()) {
            // Report a failure and not an empty cache: an answer too large for one message cannot be empty in parts.
            throw new GrpcFailures(host)
                    .plain()
                    .badAnswer(
                            "Control/DiskUsage",
                            "it was too large for one message, but a request in parts returned no record",
                            null);
        }
        return List.copyOf(reading.records.records());
    }

    /** One reading of the cache. Its time and size limits apply to all its parts together. */
    private static final class Reading {

        private final RecordIntake records;
        private final long startNanos;
        private long bytes;
        private boolean split;

        Reading(RecordIntake records, long startNanos) {
            this.records = records;
            this.startNanos = startNanos;
        }
    }

    private Duration timeLeft(HostConnection host, Reading reading) {
        var all = settings.callTimeout().multipliedBy(MAX_TIME);
        var left = all.minusNanos(System.nanoTime() - reading.startNanos);
        if (left.toMillis() <= 0) {
            throw new GrpcFailures(host).plain().timeout("Control/DiskUsage", all);
        }
        return left.compareTo(settings.callTimeout()) < 0 ? left : settings.callTimeout();
    }

    private void add(DiskUsageResponse answer, Reading reading) {
        reading.bytes += answer.getSerializedSize();
        if (reading.bytes > settings.maxAnswerSize().toBytes()) {
            throw new BadMessageException("it is larger than the "
                    + new ByteSize(settings.maxAnswerSize().toBytes())
                    + " allowed by cachewarden.engine.max-answer-size");
        }
        WireTypes.requireKnown(answer, "");
        answer.getRecordList().forEach(record -> reading.records.add(WireValues.record(record, settings.limits())));
    }

    private void diskUsage(HostConnection host, ControlAccess access, String idPrefix, Reading reading) {
        var request = DiskUsageRequest.newBuilder();
        if (!idPrefix.isEmpty()) {
            request.addFilter("id~=^" + idPrefix);
        }
        boolean complete = call(host, access, timeLeft(host, reading), "Control/DiskUsage", stub -> {
            try {
                add(stub.diskUsage(request.build()), reading);
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
            reading.split = true;
            for (char digit : ID_DIGITS.toCharArray()) {
                diskUsage(host, access, idPrefix + digit, reading);
            }
        }
    }

    /** Returns the workers. An engine and a default buildkitd have one. */
    public List<WorkerAnswer> workers(HostConnection host, ControlAccess access) {
        return call(
                host,
                access,
                settings.callTimeout(),
                "Control/ListWorkers",
                stub -> WireValues.workers(
                        stub.listWorkers(ListWorkersRequest.getDefaultInstance()), settings.limits()));
    }

    /** Returns BuildKit's version. BuildKit before 0.11 refuses the call with {@code UNIMPLEMENTED}. */
    public String version(HostConnection host, ControlAccess access) {
        return call(
                host,
                access,
                settings.callTimeout(),
                "Control/Info",
                stub -> WireValues.version(
                        stub.info(InfoRequest.getDefaultInstance()).getBuildkitVersion()));
    }

    /**
     * Deletes the named records unless they are in use or have children, and returns when the builder has finished.
     *
     * @param recordIds at least one, each consisting of letters and digits only
     * @param onPruned called on the calling thread; an exception of it cancels the call
     */
    public void prune(
            HostConnection host,
            ControlAccess access,
            List<String> recordIds,
            Duration within,
            Consumer<PrunedRecord> onPruned) {
        var failures = new GrpcFailures(host);
        try {
            new PruneCall(recordIds, within, settings, failures).run(channels.to(host, access), onPruned);
        } catch (StatusRuntimeException | BadMessageException e) {
            channels.dropIfBroken(host, access, e);
            throw failures.toException(PruneCall.ENDPOINT, within, e);
        }
    }

    /** Returns the offset of the builder's clock, or none if the builder does not report its time. */
    public ClockOffset clock(HostConnection host, ControlAccess access) {
        return history.clock(host, access);
    }

    /**
     * Streams all running and recorded builds, and then all later events of builds, until the time is over. Times are by Cachewarden's
     * clock.
     *
     * @param onEvent called on the calling thread; an exception of it cancels the call
     */
    public void listenBuildHistory(
            HostConnection host, ControlAccess access, Duration within, Consumer<BuildHistoryEvent> onEvent) {
        history.listen(host, access, within, onEvent);
    }

    /** Reads the steps of a build from its log; for a running build, waits until it ends. Times are by Cachewarden's clock. */
    public BuildProgress progress(HostConnection host, ControlAccess access, String ref, ProgressLimits limits) {
        return history.progress(host, access, ref, limits);
    }

    /**
     * Streams the steps of a running build until it ends or the time is over. Times are by Cachewarden's clock.
     *
     * @param soFar called on the calling thread; an exception of it cancels the call
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
            HostConnection host,
            ControlAccess access,
            Duration within,
            String endpoint,
            Function<ControlBlockingStub, T> call) {
        var failures = new GrpcFailures(host);
        try {
            // A gRPC deadline would also count the time during which this process does not run.
            return TimeLimit.ofHost(within, failures.plain(), endpoint, time -> {
                var stub = ControlGrpc.newBlockingStub(channels.to(host, access));
                return time.of(() -> call.apply(stub));
            });
        } catch (EngineUnreachableException e) {
            channels.dropIfBroken(host, access, Status.DEADLINE_EXCEEDED.asRuntimeException());
            throw e;
        } catch (ExecutionException e) {
            throw toException(host, access, endpoint, e);
        }
    }

    private RuntimeException toException(
            HostConnection host, ControlAccess access, String endpoint, ExecutionException failed) {
        if (!(failed.getCause() instanceof RuntimeException failure)) {
            return new IllegalStateException(failed);
        }
        if (failure instanceof StatusRuntimeException || failure instanceof BadMessageException) {
            channels.dropIfBroken(host, access, failure);
        }
        return new GrpcFailures(host).toException(endpoint, settings.callTimeout(), failure);
    }

    @Override
    public void close() {
        channels.close();
    }
}
