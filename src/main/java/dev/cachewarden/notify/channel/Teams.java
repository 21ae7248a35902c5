package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A workflow of Microsoft Teams that posts an adaptive card. Text runs of cards show Markdown as it is, so nothing needs an escape. Status 202
 * means that the workflow starts. It can still fail later.
 *
 * @param url secret: anyone who has it can post
 */
record Teams(URI url) implements HttpChannel {

    /** The service rejects bodies of more than 28 KB. */
    private static final int BODY = 27_000;

    private static final int TITLE = 500;
    private static final int VALUE = 1_000;

    @Override
    public List<String> secrets() {
        var query = url.getRawQuery();
        return query == null ? List.of(url.toString()) : List.of(url.toString(), query);
    }

    @Override
    public Request request(Message message, Instant now) {
        int most = 16_000;
        var request = request(message, most, VALUE);
        while (Cut.size(request.body()) > BODY && most > 100) {
            most /= 2;
            request = request(message, most, most / 8);
        }
        return request;
    }

    private Request request(Message message, int mostText, int mostValue) {
        var notification = message.notification();
        var body = new ArrayList<Map<String, Object>>();
        body.add(block(List.of(Json.object(
                "type",
                "TextRun",
                "text",
                Cut.units(Words.title(notification), TITLE),
                "weight",
                "Bolder",
                "size",
                "Large",
                "color",
                color(notification)))));
        body.add(block(List.of(run(Cut.units(notification.text(), mostText)))));
        notification.facts().stream()
                .limit(30)
                .forEach(fact -> body.add(block(List.of(
                        Json.object(
                                "type",
                                "TextRun",
                                "text",
                                Cut.units(Words.line(fact.label()), mostValue) + ": ",
                                "weight",
                                "Bolder"),
                        run(Cut.units(fact.value(), mostValue))))));
        body.add(block(List.of(run("Since " + Words.since(notification)))));
        var link = message.link();
        var actions = link == null
                ? List.of()
                : List.of(Json.object("type", "Action.OpenUrl", "title", "Open in Cachewarden", "url", link));
        return Request.of(url, wrapped(body, actions));
    }

    private static Map<String, Object> wrapped(List<Map<String, Object>> body, List<?> actions) {
        var card = Json.object(
                "$schema",
                "http://adaptivecards.io/schemas/adaptive-card.json",
                "type",
                "AdaptiveCard",
                "version",
                "1.4",
                "msteams",
                Map.of("width", "Full"),
                "body",
                body,
                "actions",
                actions);
        return Json.object(
                "type",
                "message",
                "attachments",
                List.of(Json.object("contentType", "application/vnd.microsoft.card.adaptive", "content", card)));
    }

    private static Map<String, Object> block(List<Map<String, Object>> runs) {
        return Json.object("type", "RichTextBlock", "inlines", runs);
    }

    private static Map<String, Object> run(String text) {
        return Json.object("type", "TextRun", "text", text);
    }

    private static String color(Notification notification) {
        if (notification.kind() == Kind.RESOLVED) {
            return "Good";
        }
        return switch (notification.severity()) {
            case INFO -> "Accent";
            case WARNING -> "Warning";
            case CRITICAL -> "Attention";
        };
    }
}
