package dev.cachewarden.engine.buildkit;

import com.google.protobuf.MessageLite;
import dev.cachewarden.engine.buildkit.Backlog.Heard;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call that the builder answers with a stream.
 *
 * <p>What it sends is taken off the stream at once and queued, whatever the reader does meanwhile: a builder sends while it holds locks,
 * of its cache or of its history, so that a stream nobody reads stops every build there. So it cannot be made to wait where it sends faster
 * than is read: what goes beyond the backlog is not kept, and the reader is told.
 *
 * @param <A> what it sends
 */
final class DrainedCall<A extends MessageLite> implements AutoCloseable {

    private final ClientCall<?, A> call;
    private final Backlog<A> backlog;
    private boolean ended;

    /** What is done about a call whose backlog is full. */
    enum WhenFull {
        /** What was queued is read to its end, then the call is cancelled: to ask anew costs nothing. */
        GIVE_UP,
        /** The call goes on to its end, as to cancel it would undo or stop what it does; its reader learns what was not kept. */
        GO_ON
    }

    private DrainedCall(ClientCall<?, A> call, Backlog<A> backlog) {
        this.call = call;
        this.backlog = backlog;
    }

    static <Q, A extends MessageLite> DrainedCall<A> start(
            Channel channel, MethodDescriptor<Q, A> method, Q request, Duration within, WhenFull whenFull) {
        var backlog = new Backlog<A>(
                Backlog.MOST_BYTES,
                // Of what goes on whatever happens nothing is left out because of others.
                whenFull == WhenFull.GIVE_UP ? Backlog.SHARED : new Backlog.Room(Backlog.MOST_BYTES));
        ClientCall<Q, A> call = channel.newCall(
                method, CallOptions.DEFAULT.withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS));
        ClientCalls.asyncServerStreamingCall(
                call, request, new Listener<>(backlog, whenFull == WhenFull.GIVE_UP ? call : null));
        return new DrainedCall<>(call, backlog);
    }

    /**
     * The next message.
     *
     * @return null when the stream has ended
     * @throws StatusRuntimeException if it ended with a failure
     * @throws SilenceException if nothing came within the time
     * @throws BacklogException when all is read that was kept, if something was not
     */
    @Nullable
    A next(Duration idle) throws SilenceException, BacklogException, InterruptedException {
        return switch (backlog.next(idle)) {
            case null -> throw new SilenceException();
            case Heard.Message<A> message -> message.message();
            case Heard.Ended<A> end -> {
                ended = true;
                if (backlog.left() > 0) {
                    throw new BacklogException(backlog, end.failure());
                }
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
        backlog.close();
    }

    /** The builder said nothing for too long. */
    static final class SilenceException extends Exception {
        private SilenceException() {
            super(null, null, false, false);
        }
    }

    /** The builder, or all of them together, sent more than was read and could be kept. */
    static final class BacklogException extends Exception {

        private final long left;
        private final boolean crowded;

        private BacklogException(Backlog<?> backlog, @Nullable Throwable cause) {
            super(
                    (backlog.crowded() ? "all builders together" : "it")
                            + " sent faster than could be taken in; unread are kept "
                            + (Backlog.MOST_BYTES >> 20) + " MiB of one stream, and " + (Backlog.SHARED.most() >> 20)
                            + " MiB of all",
                    cause);
            this.left = backlog.left();
            this.crowded = backlog.crowded();
        }

        /** Whether others took the room, so that it may be kept another time. */
        boolean crowded() {
            return crowded;
        }

        /** Messages that were not kept before the call was given up, or its end. */
        long left() {
            return left;
        }
    }

    /** @param full what is cancelled when the backlog is full; null: nothing */
    private record Listener<A extends MessageLite>(
            Backlog<A> backlog, @Nullable ClientCall<?, A> full) implements StreamObserver<A> {

        @Override
        public void onNext(A message) {
            if (full == null) {
                backlog.add(message);
            } else if (backlog.left() == 0 && !backlog.add(message)) {
                full.cancel("Cachewarden cannot keep more", null);
            }
        }

        @Override
        public void onError(Throwable failure) {
            backlog.end(Status.fromThrowable(failure).asRuntimeException());
        }

        @Override
        public void onCompleted() {
            backlog.end(null);
        }
    }
}
