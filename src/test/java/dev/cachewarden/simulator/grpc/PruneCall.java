package dev.cachewarden.simulator.grpc;

import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.simulator.cache.PruneOptions;
import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.PruneQueue;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call of Control.Prune: tells each record as it goes, waits for a caller who does not read, and stops for one who is gone. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written closes its connection, which is enough.
final class PruneCall implements PruneQueue.Caller {

    /** Long enough for what was written before to be on the wire. */
    private static final int FLUSH_MILLIS = 50;

    private final ControlServer.Connection connection;
    private final ServerCallStreamObserver<UsageRecord> caller;
    private volatile PruneQueue.@Nullable Run run;

    PruneCall(ControlServer.Connection connection, ServerCallStreamObserver<UsageRecord> caller) {
        this.connection = connection;
        this.caller = caller;
        caller.setOnReadyHandler(this::resume);
        caller.setOnCancelHandler(this::resume);
    }

    void start(PruneOptions options) {
        try {
            // Read once here for its errors' words.
            SimulatedControl.filter("prune", options.filters());
            run = connection.engine().prunes().start(options, this);
        } catch (StatusRuntimeException e) {
            caller.onError(e);
        }
    }

    @Override
    public boolean ready() {
        return caller.isReady();
    }

    @Override
    public boolean disconnected() {
        return caller.isCancelled();
    }

    @Override
    public void deleted(RecordView record) {
        caller.onNext(UsageRecords.pruned(record, connection.engine()));
    }

    @Override
    public void done() {
        caller.onCompleted();
    }

    @Override
    public void cut() {
        connection.front().eventLoop().schedule(() -> connection.front().close(), FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void resume() {
        var started = run;
        if (started != null) {
            started.resume();
        }
    }
}
