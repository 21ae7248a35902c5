package dev.cachewarden.simulator;

import dev.cachewarden.host.HostAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A port on loopback that leads to an engine wherever it listens, so that any HTTP or gRPC client can be used on it. Written apart
 * from the product's own way of reaching engines, to test without it.
 */
final class LoopbackRelay implements AutoCloseable {

    private static final String UPGRADE =
            "POST /grpc HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

    private final ServerSocket server;
    private final HostAddress engine;
    private final boolean upgrading;

    private LoopbackRelay(HostAddress engine, boolean upgrading) throws IOException {
        this.engine = engine;
        this.upgrading = upgrading;
        this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** Passes on what it gets. */
    static LoopbackRelay plain(HostAddress engine) throws IOException {
        return new LoopbackRelay(engine, false);
    }

    /** Each of its connections is one that was upgraded by {@code POST /grpc}. */
    static LoopbackRelay upgraded(HostAddress engine) throws IOException {
        return new LoopbackRelay(engine, true);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                var channel = connect();
                var in = Channels.newInputStream(channel);
                var out = Channels.newOutputStream(channel);
                if (upgrading) {
                    upgrade(in, out);
                }
                Thread.startVirtualThread(() -> pump(in, output(client), client));
                Thread.startVirtualThread(() -> pump(input(client), out, client));
            } catch (IOException e) {
                // The test ended, or the engine went away: the client sees its connection close.
            }
        }
    }

    private SocketChannel connect() throws IOException {
        return switch (engine) {
            case HostAddress.UnixSocket unix -> SocketChannel.open(UnixDomainSocketAddress.of(unix.path()));
            case HostAddress.Tcp tcp -> SocketChannel.open(new InetSocketAddress(tcp.host(), tcp.port()));
            case HostAddress.TlsTcp tls -> throw new IllegalArgumentException("No TLS here");
        };
    }

    private static void upgrade(InputStream in, OutputStream out) throws IOException {
        out.write(UPGRADE.getBytes(StandardCharsets.ISO_8859_1));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("Closed after " + head);
            }
            head.append((char) c);
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("Not upgraded: " + head);
        }
    }

    private static void pump(InputStream from, OutputStream to, Socket client) {
        try (from;
                to;
                client) {
            from.transferTo(to);
        } catch (IOException e) {
            // One side closed; so does the other.
        }
    }

    private static InputStream input(Socket socket) {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutputStream output(Socket socket) {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
