package dev.cachewarden.engine.buildkit;

import dev.cachewarden.engine.ClockOffset;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Determines the clock offset of a builder. BuildKit since 0.12 sends its time in a header of the call, before the messages of its stream.
 * Each instance handles one call. The header, if there is one, arrives before the first message.
 */
final class BuilderClock implements ClientInterceptor {

    static final Metadata.Key<String> HEADER =
            Metadata.Key.of("buildkit-current-timestamp", Metadata.ASCII_STRING_MARSHALLER);

    private final InstantSource clock;
    private volatile ClockOffset offset = ClockOffset.NONE;

    BuilderClock(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the offset, or none if the header has not arrived or is missing. */
    ClockOffset offset() {
        return offset;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                var asked = clock.instant();
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onHeaders(Metadata answer) {
                                update(answer.get(HEADER), asked);
                                super.onHeaders(answer);
                            }
                        },
                        headers);
            }
        };
    }

    private void update(@Nullable String date, Instant asked) {
        try {
            if (date != null) {
                offset = ClockOffset.of(asked, OffsetDateTime.parse(date).toInstant(), clock.instant());
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Ignore a time in another format or out of range, as if the header were missing.
        }
    }
}
