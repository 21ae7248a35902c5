package dev.cachewarden.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * The loopback port of the embedded server, which stays the same across restarts of the server. On Linux a socket stays bound to it and
 * never listens. The system therefore assigns the port to no other process while the server is down. PostgreSQL sets the same option
 * (SO_REUSEADDR) and can listen on the port despite this socket. Other systems do not allow that, so there the port is chosen but not
 * reserved.
 */
final class HeldPort implements AutoCloseable {

    private final SocketChannel holder;
    private final int number;

    private HeldPort(SocketChannel holder, int number) {
        this.holder = holder;
        this.number = number;
    }

    static HeldPort take() throws IOException {
        var holder = SocketChannel.open();
        try {
            holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int number = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
                holder.close();
            }
            return new HeldPort(holder, number);
        } catch (IOException e) {
            holder.close();
            throw e;
        }
    }

    int number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
