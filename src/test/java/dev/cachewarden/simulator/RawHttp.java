package dev.cachewarden.simulator;

import dev.cachewarden.host.HostAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an engine on a loopback port, with nothing of ours in between. */
final class RawHttp {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HostAddress.Tcp address;

    RawHttp(HostAddress address) {
        this.address = (HostAddress.Tcp) address;
    }

    HttpResponse<String> ask(String method, String pathAndQuery) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.port() + pathAndQuery))
                    .version(HttpClient.Version.HTTP_1_1)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .timeout(PATIENCE)
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String pathAndQuery) {
        return JSON.readTree(ask("GET", pathAndQuery).body());
    }

    /** A prune with filters, which are put into the query as they must be. */
    HttpResponse<String> prune(String prefix, String filters, String moreParameters) {
        String query = "filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8) + moreParameters;
        return ask("POST", prefix + "/build/prune?" + query);
    }

    /** Sends bytes and returns what comes back until the other side closes or the time is up. */
    byte[] exchange(byte[] bytes, Duration wait) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.port()));
            socket.setSoTimeout((int) wait.toMillis());
            socket.getOutputStream().write(bytes);
            return readAll(socket.getInputStream());
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (java.net.SocketTimeoutException e) {
            // Nothing more came.
        }
        return all.toByteArray();
    }
}
