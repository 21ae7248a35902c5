package dev.cachewarden.notify.sending;

import dev.cachewarden.notify.channel.Answer;
import dev.cachewarden.notify.channel.Request;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request on a connection of its own, to an address that is already resolved. The clients of the JDK and of Spring resolve the name
 * again, so they could connect to another address than the checked one. Redirects are not followed.
 */
final class HttpWire {

    private static final int MOST_BODY = 64 * 1024;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    private final SSLSocketFactory tls;
    private volatile boolean written;

    HttpWire(SSLSocketFactory tls) {
        this.tls = tls;
    }

    /** Returns whether the other side may have received the whole request. */
    boolean written() {
        return written;
    }

    /** @param timeout the limit for each wait; the caller limits the total */
    Answer post(Request request, InetAddress address, Duration timeout) throws IOException {
        var url = request.url();
        boolean encrypted = isEncrypted(url);
        int port = url.getPort() < 0 ? encrypted ? 443 : 80 : url.getPort();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            if (!encrypted) {
                return exchange(request, socket);
            }
            try (var secure = secure(socket, url.getHost(), port)) {
                return exchange(request, secure);
            }
        }
    }

    static boolean isEncrypted(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private SSLSocket secure(Socket socket, String host, int port) throws IOException {
        var secure = (SSLSocket) tls.createSocket(socket, host.replaceAll("^\\[|]$", ""), port, true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private Answer exchange(Request request, Socket socket) throws IOException {
        var out = socket.getOutputStream();
        out.write(bytes(request));
        out.flush();
        written = true;
        return read(new BufferedInputStream(socket.getInputStream()));
    }

    private static byte[] bytes(Request request) {
        var url = request.url();
        var body = request.body().getBytes(StandardCharsets.UTF_8);
        var ascii = URI.create(url.toASCIIString());
        var path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        var head = new StringBuilder("POST ")
                .append(path)
                .append(ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(ascii.getRawAuthority())
                .append(
                        "\r\nUser-Agent: Cachewarden\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static Answer read(InputStream in) throws IOException {
        int status = status(in);
        var headers = headers(in);
        while (status >= 100 && status < 200) {
            status = status(in);
            headers = headers(in);
        }
        var body = status == 204 || status == 304 ? "" : body(in, headers);
        return new Answer(status, headers.get("retry-after"), body);
    }

    private static int status(InputStream in) throws IOException {
        var matcher = STATUS.matcher(line(in));
        if (!matcher.matches()) {
            throw new IOException("The answer is not HTTP");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (int i = 0; i < MOST_HEADERS; i++) {
            var line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        throw new IOException("The answer has more than " + MOST_HEADERS + " headers");
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("The connection was closed before the answer was complete");
            }
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("The answer has a line of more than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        var length = length(headers.get("content-length"));
        boolean chunked = "chunked".equalsIgnoreCase(headers.getOrDefault("transfer-encoding", ""));
        var body = chunked ? chunks(in) : in.readNBytes(length == null ? MOST_BODY : Math.min(length, MOST_BODY));
        return new String(body, StandardCharsets.UTF_8);
    }

    private static @Nullable Integer length(@Nullable String text) throws IOException {
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            throw new IOException("The answer has an invalid Content-Length");
        }
        return (int) Math.min(MOST_BODY, Long.parseLong(text));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (body.size() < MOST_BODY) {
            var size = line(in).replaceFirst(";.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,7}")) {
                throw new IOException("The answer has an invalid chunk");
            }
            int left = Integer.parseInt(size, 16);
            if (left == 0) {
                break;
            }
            body.writeBytes(in.readNBytes(Math.min(left, MOST_BODY - body.size())));
            if (body.size() < MOST_BODY) {
                line(in);
            }
        }
        return body.toByteArray();
    }
}
