package dev.cachewarden.notify.channel;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP request of a channel. Its method is POST, and its body is JSON. Its URL and headers can contain secrets. */
public record Request(URI url, Map<String, String> headers, String body) {

    static Request of(URI url, Object body) {
        return new Request(url, Map.of(), Json.text(body));
    }

    Request with(String header, String value) {
        if (value.isEmpty()) {
            return this;
        }
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(url, more, body);
    }

    /** Returns the request for display. The channel must redact its own secrets, which the body can contain. */
    public String shown() {
        var text = new StringBuilder("POST ").append(Redaction.url(url)).append('\n');
        headers.forEach((name, value) -> text.append(name)
                .append(": ")
                .append(name.startsWith("webhook-") ? value : "‹secret›")
                .append('\n'));
        return text.append('\n').append(body).toString();
    }

    @Override
    public String toString() {
        return "POST " + Redaction.url(url);
    }
}
