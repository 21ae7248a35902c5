package dev.cachewarden.engine.buildkit;

import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.MutualTls;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The gRPC channels, one for each address and access method, kept while they are used. */
final class Channels implements AutoCloseable {

    /** A connection without calls for this time is closed; the next call opens it again. */
    private static final long IDLE_MINUTES = 2;

    /** A channel without calls for this time is removed, because its host may no longer exist. */
    private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(30);

    private final EngineSettings settings;
    private final MultiThreadIoEventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Key, Entry> open = new ConcurrentHashMap<>();

    private record Key(HostAddress address, ControlAccess access) {}

    private record Entry(ManagedChannel channel, long usedAtNanos) {}

    Channels(EngineSettings settings) {
        this.settings = settings;
    }

    /** Returns the channel for calls to a host. It connects on its first use. */
    ManagedChannel to(HostConnection host, ControlAccess access) {
        long now = System.nanoTime();
        forgetUnused(now);
        return open.compute(
                        new Key(host.address(), access),
                        (key, known) -> new Entry(known == null ? open(host, access) : known.channel(), now))
                .channel();
    }

    /** Closes a failed channel, so that the next call connects immediately and does not wait for gRPC's backoff. */
    private void drop(HostConnection host, ControlAccess access) {
        var entry = open.remove(new Key(host.address(), access));
        if (entry != null) {
            entry.channel().shutdown();
        }
    }

    /** Closes a channel if the failure of a call shows that the connection failed. */
    void dropIfBroken(HostConnection host, ControlAccess access, RuntimeException failure) {
        if (GrpcFailures.breaksConnection(failure)) {
            drop(host, access);
        }
    }

    private void forgetUnused(long now) {
        open.values().removeIf(entry -> {
            boolean unused = now - entry.usedAtNanos() > FORGET_NANOS;
            if (unused) {
                entry.channel().shutdown();
            }
            return unused;
        });
    }

    private ManagedChannel open(HostConnection host, ControlAccess access) {
        var builder = NettyChannelBuilder.forAddress(socketAddress(host.address()))
                .eventLoopGroup(eventLoop)
                .executor(callbacks)
                .intercept(new BoundedMessages())
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .maxInboundMessageSize(
                        Math.toIntExact(settings.limits().maxMessageSize().toBytes()))
                .maxInboundMetadataSize(
                        Math.toIntExact(settings.limits().maxMetadataSize().toBytes()))
                .idleTimeout(IDLE_MINUTES, TimeUnit.MINUTES)
                // A web proxy does not lead to an engine.
                .proxyDetector(target -> null);
        if (access == ControlAccess.DIRECT && host.address() instanceof HostAddress.TlsTcp tls) {
            return secured(builder, host, tls).build();
        }
        return builder.usePlaintext()
                .overrideAuthority("localhost")
                .channelFactory(() -> channel(host, access))
                .build();
    }

    private static NettyChannelBuilder secured(
            NettyChannelBuilder builder, HostConnection host, HostAddress.TlsTcp tls) {
        var files = MutualTls.of(host, tls.files());
        try {
            var context = GrpcSslContexts.configure(SslContextBuilder.forClient()
                            .keyManager(files.keys())
                            .trustManager(files.trust()))
                    .build();
            return builder.channelFactory(NioSocketChannel::new)
                    .sslContext(context)
                    .overrideAuthority(tls.host());
        } catch (SSLException e) {
            throw new IllegalStateException("Netty does not provide TLS", e);
        }
    }

    private Channel channel(HostConnection host, ControlAccess access) {
        var channel = host.address() instanceof HostAddress.UnixSocket
                ? new NioDomainSocketChannel()
                : new NioSocketChannel();
        if (access == ControlAccess.UPGRADE) {
            var tls = tls(host);
            if (tls != null) {
                channel.pipeline().addLast(tls);
            }
            channel.pipeline().addLast(new GrpcUpgrade(tls != null, settings.connectTimeout()));
        }
        return channel;
    }

    private static @Nullable SslHandler tls(HostConnection host) {
        if (!(host.address() instanceof HostAddress.TlsTcp tls)) {
            return null;
        }
        var engine = MutualTls.of(host, tls.files()).context().createSSLEngine(tls.host(), tls.port());
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return new SslHandler(engine);
    }

    private static SocketAddress socketAddress(HostAddress address) {
        return switch (address) {
            case HostAddress.UnixSocket socket -> UnixDomainSocketAddress.of(socket.path());
            case HostAddress.Tcp tcp -> new InetSocketAddress(tcp.host(), tcp.port());
            case HostAddress.TlsTcp tls -> new InetSocketAddress(tls.host(), tls.port());
        };
    }

    @Override
    public void close() {
        open.values().forEach(entry -> entry.channel().shutdownNow());
        open.clear();
        eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        callbacks.close();
    }
}
