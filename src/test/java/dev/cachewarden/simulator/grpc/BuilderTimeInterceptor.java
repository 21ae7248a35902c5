package dev.cachewarden.simulator.grpc;

import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Says what time it is ahead of each stream that tells of builds, as BuildKit does from 0.12 on. */
public final class BuilderTimeInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("buildkit-current-timestamp", Metadata.ASCII_STRING_MARSHALLER);

    private static final Set<String> STREAMS = Set.of(
            ControlGrpc.getListenBuildHistoryMethod().getFullMethodName(),
            ControlGrpc.getStatusMethod().getFullMethodName());

    private final Supplier<Optional<Instant>> time;

    /** @param time empty: it says nothing */
    public BuilderTimeInterceptor(Supplier<Optional<Instant>> time) {
        this.time = time;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var now = time.get();
        if (now.isEmpty() || !STREAMS.contains(call.getMethodDescriptor().getFullMethodName())) {
            return next.startCall(call, headers);
        }
        var reported = new Metadata();
        reported.put(HEADER, now.get().toString());
        call.sendHeaders(reported);
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void sendHeaders(Metadata again) {
                        // They are on their way.
                    }
                },
                headers);
    }
}
