package dev.cachewarden.host;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The address of an engine or a buildkitd: {@code unix:///path}, or {@code tcp://name:port} with or without TLS. */
public sealed interface HostAddress {

    /** Returns the address in the form that users enter and {@link #parse} reads. */
    String text();

    /** A socket on the machine that Cachewarden runs on. */
    record UnixSocket(Path path) implements HostAddress {
        public UnixSocket {
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException(
                        "'unix://" + path + "' is not absolute; write unix:///path/to/docker.sock with three slashes");
            }
        }

        @Override
        public String text() {
            return "unix://" + path;
        }
    }

    /** An unencrypted port, for loopback and tunnels. Anyone who can connect to it has root access to the host. */
    record Tcp(String host, int port) implements HostAddress {
        public Tcp {
            checkPort(port);
        }

        @Override
        public String text() {
            return "tcp://" + inUri(host) + ":" + port;
        }
    }

    /** A port with mutual TLS: both sides present certificates. */
    record TlsTcp(String host, int port, TlsFiles files) implements HostAddress {
        public TlsTcp {
            checkPort(port);
        }

        @Override
        public String text() {
            return "tcp://" + inUri(host) + ":" + port;
        }
    }

    /**
     * Parses an address.
     *
     * @param tls files for TLS, or null for an unencrypted connection; not allowed for a {@code unix://} address
     * @throws IllegalArgumentException with a message for the user
     */
    static HostAddress parse(String text, @Nullable TlsFiles tls) {
        String trimmed = text.strip();
        if (trimmed.startsWith("unix://")) {
            if (tls != null) {
                throw new IllegalArgumentException(
                        "'" + trimmed + "' is a unix socket, which uses no certificates; leave the TLS fields empty");
            }
            if (trimmed.indexOf('\0') >= 0) {
                throw notAnAddress(trimmed.replace("\0", ""));
            }
            return new UnixSocket(Path.of(trimmed.substring("unix://".length())));
        }
        if (!trimmed.startsWith("tcp://")) {
            throw OtherAddresses.refused(trimmed);
        }
        return tcp(trimmed, tls);
    }

    private static HostAddress tcp(String text, @Nullable TlsFiles tls) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw notAnAddress(text);
        }
        boolean bare = (uri.getPath() == null
                        || uri.getPath().isEmpty()
                        || uri.getPath().equals("/"))
                && uri.getQuery() == null
                && uri.getFragment() == null
                && uri.getUserInfo() == null;
        if (uri.getHost() == null || !bare) {
            throw notAnAddress(text);
        }
        if (uri.getPort() < 0) {
            throw new IllegalArgumentException("'" + text
                    + "' has no port; Docker usually listens on 2375 (without TLS) or 2376 (with TLS),"
                    + " buildkitd on 1234");
        }
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        return tls == null ? new Tcp(host, uri.getPort()) : new TlsTcp(host, uri.getPort(), tls);
    }

    private static String inUri(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " is not between 1 and 65535");
        }
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return OtherAddresses.notAnAddress(text);
    }
}
