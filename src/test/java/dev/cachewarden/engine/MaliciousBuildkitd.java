package dev.cachewarden.engine;

import com.google.protobuf.ByteString;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server of {@code Control} that sends any bytes in any frames, which no gRPC library would. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written is a stream that the other side has given up.
final class MaliciousBuildkitd implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("malicious-buildkitd", true), NioIoHandler.newFactory());
    private final Map<String, Script> honest;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<ByteString> prunes = new CopyOnWriteArrayList<>();
    private final Channel listener;

    /** Writes an answer to one call. */
    @FunctionalInterface
    interface Script {
        void play(ChannelHandlerContext call);
    }

    /** @param honest what it answers to each method unless it is told otherwise */
    MaliciousBuildkitd(Map<String, Script> honest) {
        this.honest = honest;
        this.listener = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer()
                                                .encoderIgnoreMaxHeaderListSize(true)
                                                .validateHeaders(false)
                                                .build(),
                                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                                            @Override
                                            protected void initChannel(Channel stream) {
                                                stream.pipeline().addLast(new Call());
                                            }
                                        }),
                                        new ClosedOnFailure());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    HostConnection connection() {
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        return new HostConnection("bk-1", HostKind.BUILDKITD, new HostAddress.Tcp("127.0.0.1", port));
    }

    void on(String method, Script script) {
        scripts.put(method, script);
    }

    /** Answers honestly again. */
    void reset() {
        scripts.clear();
        prunes.clear();
    }

    /** Requests to prune so far, as they were sent. */
    List<ByteString> prunes() {
        return prunes;
    }

    /** A whole answer of these messages. */
    static Script answer(List<ByteString> messages) {
        return call -> {
            headers(call);
            messages.forEach(message -> data(call, framed(message)));
            trailers(call, "0", "");
        };
    }

    static void headers(ChannelHandlerContext call) {
        var headers = new DefaultHttp2Headers(false).status("200").set("content-type", "application/grpc");
        write(call, headers, false);
    }

    static void trailers(ChannelHandlerContext call, String status, String message) {
        var trailers = new DefaultHttp2Headers(false).set("grpc-status", status);
        if (!message.isEmpty()) {
            trailers.set("grpc-message", message);
        }
        write(call, trailers, true);
    }

    static void write(ChannelHandlerContext call, Http2Headers headers, boolean end) {
        call.writeAndFlush(new DefaultHttp2HeadersFrame(headers, end));
    }

    static void data(ChannelHandlerContext call, ByteBuf bytes) {
        call.writeAndFlush(new DefaultHttp2DataFrame(bytes, false));
    }

    /** Sends this again and again until the call is over. */
    static void endless(ChannelHandlerContext call, ByteString bytes) {
        call.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes.asReadOnlyByteBuffer()), false))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        // Not at once: as long as it can be written, this would go deeper and deeper.
                        call.executor().execute(() -> endless(call, bytes));
                    }
                });
    }

    /** A message with gRPC's head: not compressed, and so many bytes. */
    static ByteBuf framed(ByteString message) {
        return framed(0, message.size(), message);
    }

    static ByteBuf framed(int compressed, int length, ByteString message) {
        CompositeByteBuf framed = Unpooled.compositeBuffer();
        var head = Unpooled.buffer(5).writeByte(compressed).writeInt(length);
        return framed.addComponents(true, head, Unpooled.wrappedBuffer(message.asReadOnlyByteBuffer()));
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** What is no HTTP/2 comes from a client that looks for TLS. */
    private static class ClosedOnFailure extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }
    }

    private final class Call extends ClosedOnFailure {

        private @Nullable String method;
        private ByteString request = ByteString.EMPTY;

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            boolean end = false;
            if (frame instanceof Http2HeadersFrame headers) {
                method = String.valueOf(headers.headers().path()).replaceFirst(".*/", "");
                end = headers.isEndStream();
            } else if (frame instanceof Http2DataFrame data) {
                request = request.concat(ByteString.copyFrom(data.content().nioBuffer()));
                end = data.isEndStream();
                data.release();
            }
            if (end && method != null) {
                if (method.equals("Prune")) {
                    prunes.add(request.substring(5));
                }
                scripts.getOrDefault(method, honest.getOrDefault(method, call -> {}))
                        .play(context);
            }
        }
    }
}
