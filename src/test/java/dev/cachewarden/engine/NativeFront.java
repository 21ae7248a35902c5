package dev.cachewarden.engine;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** One port that speaks HTTP/1.1 and gRPC alike, as engines do from 29.2 on: told apart by the first byte of the preface. */
final class NativeFront implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final HostAddress.Tcp http;
    private final HostAddress.Tcp grpc;

    NativeFront(HostConnection http, HostConnection grpc) throws IOException {
        this.http = (HostAddress.Tcp) http.address();
        this.grpc = (HostAddress.Tcp) grpc.address();
        Thread.ofVirtual().start(this::accept);
    }

    HostConnection connection() {
        return new HostConnection(
                "ci-1", HostKind.DOCKER_ENGINE, new HostAddress.Tcp("127.0.0.1", listener.getLocalPort()));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var front = listener.accept();
                Thread.ofVirtual().start(() -> route(front));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void route(Socket front) {
        try {
            var in = new BufferedInputStream(front.getInputStream());
            in.mark(3);
            boolean preface = in.read() == 'P' && in.read() == 'R';
            in.reset();
            var to = preface ? grpc : http;
            var back = new Socket(to.host(), to.port());
            Relay.start(in, back.getOutputStream(), front, back);
            Relay.start(back.getInputStream(), front.getOutputStream(), front, back);
        } catch (IOException e) {
            // The client went away.
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
