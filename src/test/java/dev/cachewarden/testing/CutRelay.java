package dev.cachewarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A loopback port that leads to another one until it is cut. While it is cut, it accepts connections and closes them at once. */
public final class CutRelay implements AutoCloseable {

    private final ServerSocket listener;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    public CutRelay(int behind) {
        this.behind = behind;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Ends all connections, and each new one. */
    public void cut() {
        cut = true;
        open.forEach(CutRelay::end);
    }

    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var front = listener.accept();
                open.add(front);
                if (cut) {
                    end(front);
                } else {
                    join(front);
                }
            } catch (IOException e) {
                // The other side is gone, or the test is over.
            }
        }
    }

    private void join(Socket front) throws IOException {
        var back = new Socket(InetAddress.getLoopbackAddress(), behind);
        open.add(back);
        pump(front, back);
        pump(back, front);
        if (cut) {
            end(front);
            end(back);
        }
    }

    private void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One side closed.
            } finally {
                open.remove(from);
            }
        });
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
