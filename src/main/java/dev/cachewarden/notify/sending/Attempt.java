package dev.cachewarden.notify.sending;

import dev.cachewarden.notify.channel.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to send a message, without secrets.
 *
 * @param request the request or mail as it was sent
 * @param status the status of the HTTP answer, or null if there was none
 * @param answer the first 2 KiB of the answer; may be empty
 * @param duration the time until the answer
 */
public record Attempt(
        Outcome outcome, String request, @Nullable Integer status, String answer, Duration duration) {

    /** Returns why the message was not accepted, or null if it was. */
    public @Nullable String problem() {
        return switch (outcome) {
            case Outcome.Sent sent -> null;
            case Outcome.Retry retry -> retry.why();
            case Outcome.Refused refused -> refused.why();
        };
    }
}
