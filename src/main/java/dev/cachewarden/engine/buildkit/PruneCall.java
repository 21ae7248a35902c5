package dev.cachewarden.engine.buildkit;

import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.PruneRequest;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.pruning.PrunedRecord;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code Control/Prune} by exact ids.
 *
 * <p>What the builder reports is taken off the stream at once and queued, whatever the listener does meanwhile: a builder
 * sends while it holds the lock of its cache, so that a stream nobody reads stops every build there.
 */
final class PruneCall {

    static final String ENDPOINT = "Control/Prune";

    private final PruneRequest request;
    private final Duration within;
    private final Duration idle;
    private final GrpcFailures failures;

    private sealed interface Heard {
        record Gone(UsageRecord record) implements Heard {}

        record Ended(@Nullable StatusRuntimeException failure) implements Heard {}
    }

    PruneCall(List<String> recordIds, Duration within, Duration idle, GrpcFailures failures) {
        if (recordIds.isEmpty()) {
            // No filter means everything to BuildKit.
            throw new IllegalArgumentException("A prune must name at least one record; nothing was sent");
        }
        var filters = PruneRequest.newBuilder();
        for (String id : recordIds) {
            if (!id.matches("[a-z0-9]+")) {
                throw new IllegalArgumentException("'" + id + "' is not the id of a cache record; nothing was sent");
            }
            filters.addFilter("id==" + id);
        }
        // Internal, frontend and shared records are in the list only if somebody chose them.
        this.request = filters.setAll(true).build();
        this.within = within;
        this.idle = idle;
        this.failures = failures;
    }

    /** Runs the call to its end; reports on the calling thread. */
    void run(Channel channel, Consumer<PrunedRecord> onPruned) {
        var heard = new LinkedBlockingQueue<Heard>();
        var call = channel.newCall(
                ControlGrpc.getPruneMethod(),
                CallOptions.DEFAULT.withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS));
        ClientCalls.asyncServerStreamingCall(call, request, new Listener(heard));
        boolean ended = false;
        try {
            Heard next = take(heard);
            while (next instanceof Heard.Gone gone) {
                onPruned.accept(pruned(gone.record()));
                next = take(heard);
            }
            ended = true;
            if (next instanceof Heard.Ended end && end.failure() != null) {
                throw end.failure();
            }
        } finally {
            if (!ended) {
                call.cancel("Cachewarden gave up", null);
            }
        }
    }

    private static PrunedRecord pruned(UsageRecord record) {
        return new PrunedRecord(
                record.getId(), WireValues.size("size of pruned record " + record.getId(), record.getSize()));
    }

    private Heard take(LinkedBlockingQueue<Heard> heard) {
        try {
            Heard next = heard.poll(idle.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw failures.plain().timeout(ENDPOINT, idle);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.plain().interrupted(ENDPOINT);
        }
    }

    private record Listener(LinkedBlockingQueue<Heard> heard) implements StreamObserver<UsageRecord> {

        @Override
        public void onNext(UsageRecord record) {
            heard.add(new Heard.Gone(record));
        }

        @Override
        public void onError(Throwable failure) {
            heard.add(new Heard.Ended(Status.fromThrowable(failure).asRuntimeException()));
        }

        @Override
        public void onCompleted() {
            heard.add(new Heard.Ended(null));
        }
    }
}
