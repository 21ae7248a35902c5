package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An application of Gotify.
 *
 * @param server URL of the server
 * @param token secret token of the application
 */
record Gotify(URI server, String token) implements HttpChannel {

    private static final int TITLE = 300;
    private static final int TEXT = 16_000;

    @Override
    public List<String> secrets() {
        return List.of(token);
    }

    @Override
    public Request request(Message message, Instant now) {
        var notification = message.notification();
        var extras = Json.object(
                "client::display",
                Map.of("contentType", "text/plain"),
                "client::notification",
                message.link() == null ? null : Map.of("click", Map.of("url", message.link())));
        var body = Json.object(
                "title",
                Cut.units(Words.title(notification), TITLE),
                "message",
                Words.plain(message, TEXT),
                "priority",
                priority(notification),
                "extras",
                extras);
        return Request.of(Urls.below(server, "message"), body).with("X-Gotify-Key", token);
    }

    private static int priority(Notification notification) {
        if (notification.kind() == Kind.RESOLVED) {
            return 3;
        }
        return switch (notification.severity()) {
            case INFO -> 2;
            case WARNING -> 5;
            case CRITICAL -> 8;
        };
    }
}
