package dev.cachewarden.engine;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.TlsFiles;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers as told, to the byte: what no real engine does on request. One answer a connection; requests without
 * an answer are met with silence, the connection left open.
 */
public final class ScriptedServer implements AutoCloseable {

    /** Represents a request that is a TLS handshake, met by a server that speaks plain. */
    public static final String TLS = "(TLS)";

    private final ServerSocket listener;
    private final @Nullable TlsFiles tls;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Closeable> sockets = new CopyOnWriteArrayList<>();

    /** Writes an answer. */
    @FunctionalInterface
    public interface Script {
        void play(OutputStream out) throws IOException;
    }

    private ScriptedServer(ServerSocket listener, @Nullable TlsFiles tls) {
        this.listener = listener;
        this.tls = tls;
        Thread.ofVirtual().start(this::accept);
    }

    public static ScriptedServer plain() throws IOException {
        return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), null);
    }

    /**
     * Speaks TLS and wants a client certificate.
     *
     * @param server name of the server's certificate among the test certificates
     * @param client what {@link #connection} shows
     */
    static ScriptedServer tls(String server, TlsFiles client) throws IOException {
        return tls(server, client, "h2", "http/1.1");
    }

    /** The same, but offers HTTP/1.1 alone. */
    static ScriptedServer tlsWithoutHttp2(String server, TlsFiles client) throws IOException {
        return tls(server, client, "http/1.1");
    }

    private static ScriptedServer tls(String server, TlsFiles client, String... protocols) throws IOException {
        var listener = (SSLServerSocket) TestTls.server(server)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var parameters = listener.getSSLParameters();
        parameters.setNeedClientAuth(true);
        parameters.setApplicationProtocols(protocols);
        listener.setSSLParameters(parameters);
        return new ScriptedServer(listener, client);
    }

    /** An engine that answers ping, version and info as 28.5 did, and nothing else yet. */
    static ScriptedServer engine() throws IOException {
        return plain().asEngine("28.5");
    }

    /** Answers ping, version and info as recorded of an engine. */
    ScriptedServer asEngine(String version) {
        String api = version.equals("20.10") ? "1.41" : version.equals("26.1") ? "1.45" : "1.51";
        return on(
                        "HEAD /_ping",
                        Recorded.text("docker/ping-" + version + ".txt").replace("\n", "\r\n") + "\r\n")
                .onJson("GET /version", Recorded.text("docker/version-" + version + ".json"))
                .onJson("GET /v" + api + "/info", Recorded.text("docker/info-" + version + ".json"))
                .on("POST /grpc", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }

    /** Answers requests that begin so with bytes as they are. */
    public ScriptedServer on(String request, String answer) {
        return on(request, out -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
    }

    public ScriptedServer on(String request, Script script) {
        scripts.put(request, script);
        return this;
    }

    ScriptedServer onJson(String request, String json) {
        return onJson(request, 200, json);
    }

    ScriptedServer onJson(String request, int status, String json) {
        return on(
                request,
                "HTTP/1.1 " + status
                        + " Said\r\nApi-Version: 1.51\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    /** First lines of the requests so far, without the HTTP version. */
    List<String> requests() {
        return requests;
    }

    HostConnection connection() {
        return connection(HostKind.DOCKER_ENGINE);
    }

    HostConnection connection(HostKind kind) {
        return new HostConnection("ci-1", kind, HostAddress.parse(address(), tls));
    }

    /** As in messages. */
    public String address() {
        return "tcp://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try {
            String request = request(new BufferedInputStream(socket.getInputStream()));
            if (request == null) {
                return;
            }
            requests.add(request);
            var script = scripts.entrySet().stream()
                    .filter(entry -> request.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (script.isPresent()) {
                script.get().play(socket.getOutputStream());
                socket.getOutputStream().flush();
                socket.close();
            } else if (request.equals(TLS) && !scripts.isEmpty()) {
                // As servers of plain protocols do. Silence would cost each test the time limit of the handshake.
                socket.close();
            }
        } catch (IOException e) {
            // The client went away, which some tests are about.
        }
    }

    private static @Nullable String request(BufferedInputStream in) throws IOException {
        in.mark(1);
        if (in.read() == 0x16) {
            return TLS;
        }
        in.reset();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        String first = lines.readLine();
        for (String line = first; line != null && !line.isEmpty(); ) {
            line = lines.readLine();
        }
        return first == null ? null : first.replaceFirst(" HTTP/1\\.1$", "");
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
