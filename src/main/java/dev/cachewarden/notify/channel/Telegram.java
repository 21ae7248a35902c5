package dev.cachewarden.notify.channel;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A chat of a Telegram bot. The text is plain, and an entity makes its title bold, so nothing needs an escape.
 *
 * @param api URL of the Bot API
 * @param token secret token of the bot
 * @param chat ID or name of the chat
 * @param thread ID of the topic, or empty
 */
record Telegram(URI api, String token, String chat, String thread) implements HttpChannel {

    /** The service counts UTF-16 units. */
    private static final int TEXT = 4_096;

    private static final int TITLE = 300;

    @Override
    public List<String> secrets() {
        return List.of(token);
    }

    @Override
    public Request request(Message message, Instant now) {
        var title = Cut.units(Words.title(message.notification()), TITLE);
        var text = title + "\n" + Words.plain(message, TEXT - title.length() - 1);
        var body = Json.object(
                "chat_id",
                chat,
                "message_thread_id",
                thread.isEmpty() ? null : Long.valueOf(thread),
                "text",
                text,
                "entities",
                List.of(Json.object("type", "bold", "offset", 0, "length", title.length())),
                "link_preview_options",
                Map.of("is_disabled", true));
        return Request.of(Urls.below(api, "bot" + token + "/sendMessage"), body);
    }

    @Override
    public Outcome judge(Answer answer, Instant now) {
        var body = Json.read(answer.body());
        var moved = body.path("parameters").path("migrate_to_chat_id");
        if (moved.isNumber()) {
            return new Outcome.Refused(
                    "The group is now a supergroup. Set the chat ID of the channel to " + moved.asString() + ".");
        }
        boolean ok = body.path("ok").isBoolean() && body.path("ok").booleanValue();
        if (answer.status() == 200 && !ok) {
            return new Outcome.Refused(Verdict.answered(answer));
        }
        return Verdict.of(answer, Verdict.retryAfter(body.path("parameters").path("retry_after"), answer, now));
    }
}
