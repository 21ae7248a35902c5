package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Fact;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A webhook of Discord, with one embed for each message.
 *
 * @param url secret: anyone who has it can post
 */
record Discord(URI url) implements HttpChannel {

    private static final int TITLE = 256;
    private static final int DESCRIPTION = 4_096;
    private static final int FIELDS = 25;
    private static final int LABEL = 256;
    private static final int VALUE = 1_024;
    private static final int WHOLE = 6_000;

    @Override
    public List<String> secrets() {
        return List.of(url.toString(), url.getRawPath());
    }

    @Override
    public Request request(Message message, Instant now) {
        var notification = message.notification();
        var title = cut(Words.title(notification), TITLE);
        var description = cut(notification.text(), DESCRIPTION / 2) + "\nSince " + Words.since(notification);
        int left = WHOLE - title.length() - description.length();
        var fields = new ArrayList<Map<String, Object>>();
        for (Fact fact : notification.facts()) {
            var name = cut(Words.line(fact.label()), LABEL);
            var value = cut(fact.value(), VALUE);
            left -= name.length() + value.length();
            if (left < 0 || fields.size() == FIELDS) {
                break;
            }
            fields.add(Json.object("name", name, "value", value, "inline", true));
        }
        var embed = Json.object(
                "title",
                title,
                "url",
                message.link(),
                "description",
                description,
                "color",
                Integer.parseInt(SlackLike.color(notification).substring(1), 16),
                "fields",
                fields);
        return Request.of(
                url,
                Json.object(
                        "username",
                        "Cachewarden",
                        "embeds",
                        List.of(embed),
                        "allowed_mentions",
                        Map.of("parse", List.of())));
    }

    /** Returns an escaped text within a limit. An empty value would be an error. */
    private static String cut(String text, int most) {
        int units = Math.min(text.length(), most);
        var escaped = Markdown.escape(Cut.units(text, units));
        while (escaped.length() > most) {
            units -= Math.max(1, (escaped.length() - most) / 2);
            escaped = Markdown.escape(Cut.units(text, units));
        }
        return escaped.isBlank() ? "–" : escaped;
    }

    @Override
    public Outcome judge(Answer answer, Instant now) {
        var after = Verdict.retryAfter(Json.read(answer.body()).path("retry_after"), answer, now);
        return Verdict.of(answer, after);
    }
}
