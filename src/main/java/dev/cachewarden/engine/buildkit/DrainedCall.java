package dev.cachewarden.engine.buildkit;

import com.google.protobuf.MessageLite;
import dev.cachewarden.engine.buildkit.Backlog.StreamItem;
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
 * <p>The client takes messages off the stream immediately and queues them, regardless of the reader. A builder holds locks of its cache or
 * its history while it sends, so an unread stream would stop all its builds. For this reason the client cannot slow the builder down. It
 * discards messages beyond the backlog, and reports that to the reader.
 *
 * @param <A> type of the messages
 */
final class DrainedCall<A extends MessageLite> implements AutoCloseable {

    private final ClientCall<?, A> call;
    private final Backlog<A> backlog;
    private boolean ended;

    /** The handling of a call whose backlog is full. */
    enum WhenFull {
        /** Cancels the call. The reader still gets the queued messages. Another request costs nothing. */
        GIVE_UP,
        /**
         * Continues the call to its end, because a cancellation would undo or stop its work. The reader gets the number of discarded
         * messages.
         */
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
                // A call that always continues does not share its room, so that other calls cannot displace its
                // messages.
                whenFull == WhenFull.GIVE_UP ? Backlog.SHARED : new Backlog.Room(Backlog.MOST_BYTES));
        ClientCall<Q, A> call = channel.newCall(
                method, CallOptions.DEFAULT.withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS));
        ClientCalls.asyncServerStreamingCall(
                call, request, new Listener<>(backlog, whenFull == WhenFull.GIVE_UP ? call : null));
        return new DrainedCall<>(call, backlog);
    }

    /**
     * Returns the next message.
     *
     * @return the message, or null if the stream has ended
     * @throws StatusRuntimeException if the stream ended with a failure
     * @throws SilenceException if nothing arrived within the time
     * @throws BacklogException after the last kept message, if messages were discarded
     */
    @Nullable
    A next(Duration idle) throws SilenceException, BacklogException, InterruptedException {
        return switch (backlog.next(idle)) {
            case null -> throw new SilenceException();
            case StreamItem.Message<A> message -> message.message();
            case StreamItem.Ended<A> end -> {
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

    /** Cancels the call if it has not ended. */
    @Override
    public void close() {
        if (!ended) {
            call.cancel("Canceled by Cachewarden", null);
        }
        backlog.close();
    }

    /** Thrown when the builder sends nothing for too long. */
    static final class SilenceException extends Exception {
        private SilenceException() {
            super(null, null, false, false);
        }
    }

    /** Thrown when the builder, or all builders together, sent more than the backlog could keep. */
    static final class BacklogException extends Exception {

        private final long left;
        private final boolean crowded;

        private BacklogException(Backlog<?> backlog, @Nullable Throwable cause) {
            super(
                    (backlog.crowded() ? "all builders together" : "it")
                            + " sent data faster than Cachewarden could process it; the buffer limits are "
                            + (Backlog.MOST_BYTES >> 20) + " MiB per stream and " + (Backlog.SHARED.most() >> 20)
                            + " MiB in total",
                    cause);
            this.left = backlog.left();
            this.crowded = backlog.crowded();
        }

        /** Returns true if other streams used the room, so that a later attempt may succeed. */
        boolean crowded() {
            return crowded;
        }

        /** Returns the number of messages that were discarded until the call was canceled or ended. */
        long left() {
            return left;
        }
    }

    /** @param full the call to cancel when the backlog is full, or null to cancel nothing */
    private record Listener<A extends MessageLite>(
            Backlog<A> backlog, @Nullable ClientCall<?, A> full) implements StreamObserver<A> {

        @Override
        public void onNext(A message) {
            if (full == null) {
                backlog.add(message);
            } else if (backlog.left() == 0 && !backlog.add(message)) {
                full.cancel("The buffer of Cachewarden is full", null);
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
