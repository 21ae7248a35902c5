package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.grpc.ControlServer;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** Stands at the head of a new connection and looks at its first bytes: HTTP/1.1, HTTP/2, or something that gets another answer. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written closes its connection, which is enough.
public final class ConnectionGate extends ChannelInboundHandlerAdapter {

    /** Enough to tell the preface of HTTP/2 from a method of HTTP/1.1. */
    private static final int LOOKED_AT = 4;

    private static final int LONGEST_REQUEST = 1 << 20;

    /** TLS 1.0 record, two bytes: fatal, unexpected message. */
    private static final byte[] TLS_ALERT = {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0A};

    private static final String TLS_OF_GO =
            "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

    /** What Go's server makes of HTTP/2 where it does not speak it: a request for the path {@code *}. */
    private static final String NO_HTTP2 =
            "HTTP/1.1 301 Moved Permanently\r\nLocation: /%2A\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final EngineState engine;
    private final ControlServer control;
    private ByteBuf first = Unpooled.EMPTY_BUFFER;

    public ConnectionGate(EngineState engine, ControlServer control) {
        this.engine = engine;
        this.control = control;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (engine.hangsAt("")) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        first = Unpooled.wrappedBuffer(first, (ByteBuf) bytes);
        if (first.readableBytes() >= LOOKED_AT) {
            var seen = first;
            first = Unpooled.EMPTY_BUFFER;
            decide(context, seen);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        first.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void decide(ChannelHandlerContext context, ByteBuf seen) {
        boolean http2 = seen.toString(0, LOOKED_AT, StandardCharsets.ISO_8859_1).equals("PRI ");
        if (engine.has(Fault.TlsAlert.class) || (http2 && engine.has(Fault.TlsOfGo.class))) {
            end(context, seen, TLS_ALERT);
        } else if (engine.has(Fault.TlsOfGo.class)) {
            end(context, seen, TLS_OF_GO.getBytes(StandardCharsets.ISO_8859_1));
        } else if (!http2) {
            speakHttp1(context, seen);
        } else if (engine.generation().nativeGrpc() && !engine.has(Fault.NotAnEngine.class)) {
            context.pipeline().remove(this);
            control.join(context.channel(), engine, seen);
        } else {
            end(context, seen, NO_HTTP2.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void speakHttp1(ChannelHandlerContext context, ByteBuf seen) {
        context.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new HttpObjectAggregator(LONGEST_REQUEST))
                .addLast(new ChunkedWriteHandler())
                .addLast(new EngineHandler(engine, control));
        context.fireChannelRead(seen);
        context.pipeline().remove(this);
    }

    private static void end(ChannelHandlerContext context, ByteBuf seen, byte[] lastWords) {
        seen.release();
        context.writeAndFlush(Unpooled.wrappedBuffer(lastWords)).addListener(ChannelFutureListener.CLOSE);
    }
}
