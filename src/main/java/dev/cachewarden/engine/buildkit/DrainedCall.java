package dev.cachewarden.engine.buildkit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call that the builder answers with a stream.
 *
 * <p>What it sends is taken off the stream at once and queued, whatever the reader does meanwhile: a builder sends while it holds locks,
 * of its cache or of its history, so that a stream nobody reads stops every build there.
 *
 * @param <A> what it sends
 */
final class DrainedCall<A> implements AutoCloseable {

    private final ClientCall<?, A> call;
    private final LinkedBlockingQueue<Heard<A>> heard;
    private boolean ended;

    /** What came over the stream. */
    sealed interface Heard<A> {
        record Message<A>(A message) implements Heard<A> {}

        record Ended<A>(@Nullable StatusRuntimeException failure) implements Heard<A> {}
    }

    private DrainedCall(ClientCall<?, A> call, LinkedBlockingQueue<Heard<A>> heard) {
        this.call = call;
        this.heard = heard;
    }

    static <Q, A> DrainedCall<A> start(Channel channel, MethodDescriptor<Q, A> method, Q request, Duration within) {
        var heard = new LinkedBlockingQueue<Heard<A>>();
        ClientCall<Q, A> call = channel.newCall(
                method, CallOptions.DEFAULT.withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS));
        ClientCalls.asyncServerStreamingCall(call, request, new Listener<>(heard));
        return new DrainedCall<>(call, heard);
    }

    /**
     * The next message.
     *
     * @return null when the stream has ended
     * @throws StatusRuntimeException if it ended with a failure
     * @throws SilenceException if nothing came within the time
     */
    @Nullable
    A next(Duration idle) throws SilenceException, InterruptedException {
        return switch (heard.poll(idle.toMillis(), TimeUnit.MILLISECONDS)) {
            case null -> throw new SilenceException();
            case Heard.Message<A> message -> message.message();
            case Heard.Ended<A> end -> {
                ended = true;
                if (end.failure() != null) {
                    throw end.failure();
                }
                yield null;
            }
        };
    }

    /** Cancels what is not at its end. */
    @Override
    public void close() {
        if (!ended) {
            call.cancel("Cachewarden gave up", null);
        }
    }

    /** The builder said nothing for too long. */
    static final class SilenceException extends Exception {
        private SilenceException() {
            super(null, null, false, false);
        }
    }

    private record Listener<A>(LinkedBlockingQueue<Heard<A>> heard) implements StreamObserver<A> {

        @Override
        public void onNext(A message) {
            heard.add(new Heard.Message<>(message));
        }

        @Override
        public void onError(Throwable failure) {
            heard.add(new Heard.Ended<>(Status.fromThrowable(failure).asRuntimeException()));
        }

        @Override
        public void onCompleted() {
            heard.add(new Heard.Ended<>(null));
        }
    }
}
