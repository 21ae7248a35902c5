package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Notification;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * An incoming webhook of Mattermost or Rocket.Chat, which accept the older attachments of Slack but not its blocks.
 *
 * @param url secret: anyone who has it can post
 */
record SlackLike(URI url) implements HttpChannel {

    private static final int TEXT = 4_000;
    private static final int TITLE = 256;
    private static final int VALUE = 1_000;
    private static final int FIELDS = 20;

    @Override
    public List<String> secrets() {
        return List.of(url.toString(), url.getRawPath());
    }

    @Override
    public Request request(Message message, Instant now) {
        var notification = message.notification();
        var title = Cut.units(Words.title(notification), TITLE);
        var fields = notification.facts().stream()
                .limit(FIELDS)
                .map(fact -> Json.object(
                        "title",
                        Markdown.escape(Cut.units(Words.line(fact.label()), TITLE)),
                        "value",
                        Markdown.escape(Cut.units(fact.value(), VALUE)),
                        "short",
                        true))
                .toList();
        var attachment = Json.object(
                "fallback",
                Markdown.escape(title),
                "color",
                color(notification),
                "title",
                Markdown.withoutMentions(title),
                "title_link",
                message.link(),
                "text",
                Markdown.escape(Cut.units(notification.text(), TEXT)) + "\nSince " + Words.since(notification),
                "fields",
                fields);
        return Request.of(url, Json.object("username", "Cachewarden", "attachments", List.of(attachment)));
    }

    static String color(Notification notification) {
        if (notification.kind() == Notification.Kind.RESOLVED) {
            return "#2e7d32";
        }
        return switch (notification.severity()) {
            case INFO -> "#1565c0";
            case WARNING -> "#f9a825";
            case CRITICAL -> "#c62828";
        };
    }

    /** Rocket.Chat reports a failure of its script as {@code success: false}. */
    @Override
    public Outcome judge(Answer answer, Instant now) {
        var success = Json.read(answer.body()).path("success");
        if (answer.status() == 200 && success.isBoolean() && !success.booleanValue()) {
            return new Outcome.Refused(Verdict.answered(answer));
        }
        return Verdict.usual(answer, now);
    }
}
