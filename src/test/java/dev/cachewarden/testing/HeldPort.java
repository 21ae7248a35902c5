package dev.cachewarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A loopback port that belongs to a test until it is closed: a socket is bound to it and never listens. While no server listens there,
 * connections are refused, and the system gives the port to no other process.
 */
public final class HeldPort implements AutoCloseable {

    private final SocketChannel holder;

    private HeldPort(SocketChannel holder) {
        this.holder = holder;
    }

    public static HeldPort take() {
        try {
            var holder = SocketChannel.open();
            // Lets a server that sets the same option listen beside it, as often as it likes. Without a server's wish
            // for this
            // very port, Linux still gives it to nobody.
            holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new HeldPort(holder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int number() {
        return address().getPort();
    }

    /** Where a server listens; it must set {@code SO_REUSEADDR}. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) holder.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
