package dev.cachewarden.simulator;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.simulator.http.ConnectionGate;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.testing.HeldPort;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Where an engine listens. Can be closed and opened again at the same place. */
final class Listener {

    private final EngineNetwork network;
    private final EngineState engine;
    private final @Nullable Path socket;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final @Nullable HeldPort port;
    private @Nullable Channel listening;

    Listener(EngineNetwork network, EngineState engine, @Nullable Path socket) {
        this.network = network;
        this.engine = engine;
        this.socket = socket;
        this.port = socket == null ? HeldPort.take() : null;
    }

    HostAddress address() {
        return port == null
                ? new HostAddress.UnixSocket(Objects.requireNonNull(socket))
                : new HostAddress.Tcp("127.0.0.1", port.number());
    }

    synchronized void open() {
        if (listening != null) {
            return;
        }
        var server = new ServerBootstrap()
                .group(network.loops())
                .channel(socket != null ? NioServerDomainSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new Accept());
        if (port != null) {
            server.option(ChannelOption.SO_REUSEADDR, true);
        }
        listening = server.bind(place()).syncUninterruptibly().channel();
    }

    /** Stops listening and closes every connection; a port stays its own. */
    synchronized void close() {
        if (listening != null) {
            listening.close().syncUninterruptibly();
            listening = null;
            if (port != null) {
                awaitRefusal(port.address());
            }
        }
        connections.close().syncUninterruptibly();
        removeSocket();
    }

    /** Waits until the kernel refuses connections: the selector closes the socket of a channel only in its next turn. */
    private static void awaitRefusal(SocketAddress address) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> refuses(address));
    }

    private static boolean refuses(SocketAddress address) throws IOException {
        try (var probe = new Socket()) {
            probe.connect(address);
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    /** Closes every connection and goes on listening. */
    void closeConnections() {
        connections.close().syncUninterruptibly();
    }

    /** Closes it for good. */
    void end() {
        close();
        if (port != null) {
            port.close();
        }
    }

    private SocketAddress place() {
        return port == null ? UnixDomainSocketAddress.of(Objects.requireNonNull(socket)) : port.address();
    }

    private void removeSocket() {
        if (socket != null) {
            try {
                Files.deleteIfExists(socket);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final class Accept extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            channel.pipeline().addLast(new ConnectionGate(engine, network.control()));
        }
    }
}
