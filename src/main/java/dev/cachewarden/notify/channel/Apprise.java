package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A configuration of an Apprise server, which forwards messages to many other services.
 *
 * @param server URL of the server
 * @param key secret name of the configuration
 * @param tag restricts the services, or empty
 */
record Apprise(URI server, String key, String tag) implements HttpChannel {

    private static final int TITLE = 250;
    private static final int TEXT = 16_000;

    @Override
    public List<String> secrets() {
        return List.of(key);
    }

    @Override
    public Request request(Message message, Instant now) {
        var notification = message.notification();
        var body = Json.object(
                "title",
                Cut.units(Words.title(notification), TITLE),
                "body",
                Words.plain(message, TEXT),
                "type",
                type(notification),
                "format",
                "text",
                "tag",
                tag.isEmpty() ? null : tag);
        return Request.of(Urls.below(server, "notify/" + Urls.encode(key)), body)
                .with("Accept", "application/json");
    }

    private static String type(Notification notification) {
        if (notification.kind() == Kind.RESOLVED) {
            return "success";
        }
        return switch (notification.severity()) {
            case INFO -> "info";
            case WARNING -> "warning";
            case CRITICAL -> "failure";
        };
    }

    @Override
    public Outcome judge(Answer answer, Instant now) {
        if (answer.status() == 204) {
            return new Outcome.Refused(
                    "Apprise has no configuration with this key, so it sent nothing. Check the key.");
        }
        if (answer.status() == 424) {
            return new Outcome.Refused("Apprise could not reach all of its services. Cachewarden does not send the"
                    + " message again, because the other services have received it. Check the log of Apprise.");
        }
        return Verdict.usual(answer, now);
    }
}
