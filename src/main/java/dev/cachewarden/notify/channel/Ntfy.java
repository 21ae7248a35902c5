package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A topic of ntfy. The JSON form is used, because HTTP headers cannot contain every character of a title.
 *
 * @param server URL of the server
 * @param topic secret: anyone who knows it can read and post, unless the server restricts it
 * @param token access token, or empty
 */
record Ntfy(URI server, String topic, String token) implements HttpChannel {

    /** The service turns longer messages into attachments. It counts bytes. */
    private static final int TEXT = 4_096;

    private static final int TITLE = 200;

    @Override
    public List<String> secrets() {
        return List.of(topic, token);
    }

    @Override
    public Request request(Message message, Instant now) {
        var notification = message.notification();
        var body = Json.object(
                "topic",
                topic,
                "title",
                Cut.bytes(Words.title(notification), TITLE),
                "message",
                Cut.bytes(Words.plain(notification), TEXT),
                "priority",
                priority(notification),
                "tags",
                List.of(tag(notification)),
                "click",
                message.link());
        return Request.of(server, body).with("Authorization", token.isEmpty() ? "" : "Bearer " + token);
    }

    private static int priority(Notification notification) {
        if (notification.kind() == Kind.RESOLVED) {
            return 3;
        }
        return switch (notification.severity()) {
            case INFO -> 2;
            case WARNING -> 4;
            case CRITICAL -> 5;
        };
    }

    private static String tag(Notification notification) {
        if (notification.kind() == Kind.RESOLVED) {
            return "white_check_mark";
        }
        return switch (notification.severity()) {
            case INFO -> "information_source";
            case WARNING -> "warning";
            case CRITICAL -> "rotating_light";
        };
    }
}
