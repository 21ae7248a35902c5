package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Fact;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An incoming webhook of Slack. It answers {@code ok} with status 200. Any other body is an error, even with status 200.
 *
 * @param url secret: anyone who has it can post
 */
record Slack(URI url) implements HttpChannel {

    private static final int HEADER = 150;
    private static final int SECTION = 3_000;
    private static final int FIELD = 2_000;
    private static final int FIELDS = 10;
    private static final int FALLBACK = 1_024;

    @Override
    public List<String> secrets() {
        return List.of(url.toString(), url.getRawPath());
    }

    @Override
    public Request request(Message message, Instant now) {
        var notification = message.notification();
        var blocks = new ArrayList<Map<String, Object>>();
        var title = Words.title(notification);
        blocks.add(Json.object(
                "type", "header", "text", Json.object("type", "plain_text", "text", Cut.units(title, HEADER))));
        blocks.add(Json.object("type", "section", "text", markdown(escaped(notification.text(), SECTION))));
        var fields =
                notification.facts().stream().limit(FIELDS).map(Slack::field).toList();
        if (!fields.isEmpty()) {
            blocks.add(Json.object("type", "section", "fields", fields));
        }
        var link = message.link();
        blocks.add(Json.object(
                "type",
                "context",
                "elements",
                List.of(markdown("Since " + Words.since(notification)
                        + (link == null ? "" : " · <" + escape(link) + "|Open in Cachewarden>")))));
        return Request.of(url, Json.object("text", escaped(title, FALLBACK), "blocks", blocks));
    }

    private static Map<String, Object> field(Fact fact) {
        var label = "*" + escaped(Words.line(fact.label()), FIELD / 2) + "*\n";
        return markdown(label + escaped(fact.value(), FIELD - label.length()));
    }

    /** Returns an element whose names and channels Slack does not resolve. */
    private static Map<String, Object> markdown(String text) {
        return Json.object("type", "mrkdwn", "text", text, "verbatim", true);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Returns an escaped text within a limit, which never ends inside an entity. */
    static String escaped(String text, int most) {
        int units = Math.min(text.length(), most);
        var whole = escape(Cut.units(text, units));
        while (whole.length() > most) {
            units -= Math.max(1, (whole.length() - most) / 5);
            whole = escape(Cut.units(text, units));
        }
        return whole;
    }

    @Override
    public Outcome judge(Answer answer, Instant now) {
        if (answer.status() == 200 && !answer.body().strip().equals("ok")) {
            return new Outcome.Refused(Verdict.answered(answer));
        }
        return Verdict.usual(answer, now);
    }
}
