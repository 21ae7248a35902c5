package dev.cachewarden.engine;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Puts mutual TLS before an engine that listens in plain, as dockerd does with {@code --tlsverify}. */
final class TlsFront implements AutoCloseable {

    private final SSLServerSocket listener;
    private final SocketAddress engine;

    TlsFront(HostAddress engine) throws IOException {
        this.engine = switch (engine) {
            case HostAddress.UnixSocket socket -> UnixDomainSocketAddress.of(socket.path());
            case HostAddress.Tcp tcp -> new InetSocketAddress(tcp.host(), tcp.port());
            case HostAddress.TlsTcp tls -> throw new IllegalArgumentException(tls.text() + " speaks TLS already");
        };
        listener = (SSLServerSocket) TestTls.server("server")
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(true);
        Thread.ofVirtual().start(this::accept);
    }

    HostConnection connection(HostConnection behind, TlsFiles client) {
        return new HostConnection(
                behind.name(), behind.kind(), new HostAddress.TlsTcp("localhost", listener.getLocalPort(), client));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var front = (SSLSocket) listener.accept();
                var back = SocketChannel.open(engine);
                Relay.start(front.getInputStream(), Channels.newOutputStream(back), front, back);
                Relay.start(Channels.newInputStream(back), front.getOutputStream(), front, back);
            } catch (IOException e) {
                // Refused clients are what some tests are about.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
