package dev.cachewarden.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request as bytes, so that it can hold what no HTTP client would send. Each letter of its head is one byte. */
record RawRequest(String method, String target, List<String> headers, byte[] body) {

    /** @param body as ISO 8859-1, which keeps every byte */
    record Answer(int status, String head, String body) {}

    RawRequest {
        headers = List.copyOf(headers);
    }

    RawRequest with(String header) {
        var more = new ArrayList<>(headers);
        more.add(header);
        return new RawRequest(method, target, more, body);
    }

    Answer send(int port) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(90_000);
            socket.getOutputStream().write(bytes());
            var answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (IOException e) {
                // The server answered and closed before it had read all.
            }
            return read(answer.toString(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        }
    }

    private byte[] bytes() {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static Answer read(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (!answer.startsWith("HTTP/1.1 ") || end < 0) {
            return new Answer(0, answer, "");
        }
        return new Answer(
                Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
    }

    @Override
    public String toString() {
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var cut = text.length() <= 300 ? text : text.substring(0, 300) + "… (" + text.length() + " bytes)";
        return method + " " + target + " " + headers + " " + cut;
    }
}
