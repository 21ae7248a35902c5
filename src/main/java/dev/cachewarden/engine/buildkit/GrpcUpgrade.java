package dev.cachewarden.engine.buildkit;

import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends {@code POST /grpc} to an engine on a new connection. Hides the connection from gRPC until the engine has switched protocols.
 *
 * <p>When the engine takes over the connection, it discards its buffered input (moby/moby {@code api/server/router/grpc}). So the client
 * must not send a byte of HTTP/2 before it has received the complete 101 response. This is not the upgrade of RFC 7540: it has no
 * {@code HTTP2-Settings}, and no answer on stream 1.
 */
final class GrpcUpgrade extends ByteToMessageDecoder {

    /** The prefix of all failure messages of the upgrade. */
    static final String ENDPOINT = "POST /grpc";

    private static final String REQUEST =
            "POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

    private static final int MAX_HEAD_BYTES = 16_384;

    private final boolean tls;
    private final Duration patience;
    private @Nullable Future<?> timer;
    private boolean over;

    /**
     * @param tls true to wait for a TLS handshake before the request
     * @param patience time limit of the whole upgrade
     */
    GrpcUpgrade(boolean tls, Duration patience) {
        this.tls = tls;
        this.patience = patience;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        timer = context.executor()
                .schedule(
                        () -> fail(
                                context,
                                Status.UNAVAILABLE.withCause(new SocketTimeoutException("no response to POST /grpc")),
                                ENDPOINT + " received no response"),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        if (!tls) {
            ask(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ask(context);
            } else {
                fail(context, Status.UNAVAILABLE.withCause(handshake.cause()), ENDPOINT + " failed over TLS");
            }
        }
        super.userEventTriggered(context, event);
    }

    private static void ask(ChannelHandlerContext context) {
        context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), REQUEST));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (over) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int end = endOfHead(in);
        if (end < 0) {
            if (in.readableBytes() > MAX_HEAD_BYTES) {
                fail(context, Status.UNAVAILABLE, ENDPOINT + " returned a response that is not HTTP");
            }
            return;
        }
        String head = in.readCharSequence(end, StandardCharsets.US_ASCII).toString();
        String statusLine = head.lines().findFirst().orElse("");
        if (statusLine.matches("HTTP/1\\.[01] 101 .*")) {
            over = true;
            stopTimer();
            context.fireChannelActive();
            // The removal forwards the bytes after the head.
            context.pipeline().remove(this);
        } else {
            fail(context, status(statusLine), ENDPOINT + " returned " + inWords(statusLine));
        }
    }

    /** Returns only the status code. The rest of the line may be any text of an unknown server. */
    private static String code(String statusLine) {
        var matcher = STATUS_LINE.matcher(statusLine);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String inWords(String statusLine) {
        String code = code(statusLine);
        if (code.isEmpty()) {
            return "a response that is not HTTP";
        }
        return code.startsWith("3") ? "a redirect (" + code + ")" : code;
    }

    private static Status status(String statusLine) {
        return switch (code(statusLine)) {
            case "401", "403" -> Status.PERMISSION_DENIED;
            case "404", "405", "426", "501" -> Status.UNIMPLEMENTED;
            default -> Status.UNAVAILABLE;
        };
    }

    private static int endOfHead(ByteBuf in) {
        for (int at = in.readerIndex(); at + 3 < in.writerIndex(); at++) {
            if (in.getInt(at) == 0x0d0a0d0a) {
                return at + 4 - in.readerIndex();
            }
        }
        return -1;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        fail(context, Status.UNAVAILABLE, ENDPOINT + " received no response, because the connection closed");
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, Status.UNAVAILABLE.withCause(cause), ENDPOINT + " failed");
    }

    private void fail(ChannelHandlerContext context, Status status, String what) {
        if (over) {
            return;
        }
        over = true;
        stopTimer();
        context.fireExceptionCaught(status.withDescription(what).asRuntimeException());
        context.close();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
