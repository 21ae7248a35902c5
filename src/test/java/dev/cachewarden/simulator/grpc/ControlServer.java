package dev.cachewarden.simulator.grpc;

import dev.cachewarden.simulator.state.EngineState;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one gRPC server behind all simulated engines. A connection to an engine that turned to HTTP/2 is joined to it by a channel
 * within the JVM, whose address tells which engine it belongs to.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written closes its connection, which is enough.
public final class ControlServer implements AutoCloseable {

    static final Context.Key<Connection> CONNECTION = Context.key("connection");

    private static final AtomicLong SERVERS = new AtomicLong();

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("simulated-control", true), LocalIoHandler.newFactory());
    private final Map<LocalAddress, Connection> connections = new ConcurrentHashMap<>();
    private final AtomicLong made = new AtomicLong();
    private final LocalAddress address = new LocalAddress("control-" + SERVERS.incrementAndGet());
    private final Server server;

    /**
     * A connection to an engine, spoken HTTP/2 on.
     *
     * @param front where its bytes come in from outside
     */
    record Connection(EngineState engine, Channel front) {}

    public ControlServer() {
        try {
            server = NettyServerBuilder.forAddress(address)
                    .channelType(LocalServerChannel.class)
                    .bossEventLoopGroup(loops)
                    .workerEventLoopGroup(loops)
                    // gRPC sets it for every channel, and Netty warns at each connection that this kind has none.
                    .withChildOption(ChannelOption.SO_KEEPALIVE, null)
                    .directExecutor()
                    // The last is called first.
                    .intercept(new BuilderTimeInterceptor(ControlServer::time))
                    .intercept(new ConnectionInterceptor())
                    .addService(new SimulatedControl())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Instant> time() {
        var engine = CONNECTION.get().engine();
        return engine.generation().reportsTime() ? Optional.of(engine.clock().instant()) : Optional.empty();
    }

    /**
     * Joins a connection's bytes to the server from here on. All other handlers must be gone from it.
     *
     * @param first bytes that were read already; released here
     */
    public void join(Channel front, EngineState engine, ByteBuf first) {
        var own = new LocalAddress(address.id() + "-" + made.incrementAndGet());
        connections.put(own, new Connection(engine, front));
        front.config().setAutoRead(false);
        ChannelFuture joined = new Bootstrap()
                .group(loops)
                .channel(LocalChannel.class)
                .handler(new Relay(front))
                .connect(address, own);
        joined.addListener(done -> {
            if (!done.isSuccess()) {
                first.release();
                front.close();
                return;
            }
            joined.channel().writeAndFlush(first);
            front.pipeline().addLast(new Relay(joined.channel()));
            front.config().setAutoRead(true);
            front.read();
        });
        front.closeFuture().addListener(closed -> connections.remove(own));
    }

    @Override
    public void close() {
        server.shutdownNow();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }

    private final class ConnectionInterceptor implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            var remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            var connection = connections.get(remote);
            if (connection == null) {
                call.close(io.grpc.Status.UNAVAILABLE.withDescription("connection is gone"), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return Contexts.interceptCall(Context.current().withValue(CONNECTION, connection), call, headers, next);
        }
    }
}
