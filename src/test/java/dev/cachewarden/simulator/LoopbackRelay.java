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
 * A port on loopback that any gRPC client can use, each of whose connections is one to an engine that was upgraded by {@code POST
 * /grpc}. Written apart from the product's own way of doing it, to test engines without it.
 */
final class UpgradeRelay implements AutoCloseable {

    private static final String UPGRADE =
            "POST /grpc HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

    private final ServerSocket server;
    private final HostAddress engine;

    UpgradeRelay(HostAddress engine) throws IOException {
        this.engine = engine;
        this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
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
                upgrade(in, out);
                Thread.startVirtualThread(() -> pump(in, output(client), client));
                Thread.startVirtualThread(() -> pump(input(client), out, client));
            } catch (IOException e) {
                // The test ended, or the engine went away: the client sees its connection close.
                continue;
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
