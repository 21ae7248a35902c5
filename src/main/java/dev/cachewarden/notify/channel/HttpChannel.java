package dev.cachewarden.notify.channel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A channel that takes one HTTP request for each message. */
public sealed interface HttpChannel extends Channel
        permits Alertmanager, Apprise, Discord, Gotify, Ntfy, PagerDuty, Slack, SlackLike, Teams, Telegram, Webhook {

    /**
     * Returns the request for a message.
     *
     * @param now time of this attempt
     */
    Request request(Message message, Instant now);

    /** Returns one request for several messages as they are, or empty if the service needs a digest instead. */
    default Optional<Request> together(List<Message> messages, Instant now) {
        return Optional.empty();
    }

    /**
     * Interprets an answer.
     *
     * @param now time of the answer
     */
    default Outcome judge(Answer answer, Instant now) {
        return Verdict.usual(answer, now);
    }
}
