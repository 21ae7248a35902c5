package dev.cachewarden.notify.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of an attempt to deliver a message. */
public sealed interface Outcome {

    /** The service accepted the message. */
    record Sent() implements Outcome {}

    /**
     * The attempt failed, and a later one can succeed.
     *
     * @param after the earliest time for the next attempt that the service requests, from now; null if it requests none
     * @param unanswered whether the service can have accepted the message, because its answer did not arrive
     * @param why a sentence without a secret
     */
    record Retry(@Nullable Duration after, boolean unanswered, String why) implements Outcome {}

    /**
     * The service rejected the message. Another attempt would fail, too.
     *
     * @param why a sentence without a secret
     */
    record Refused(String why) implements Outcome {}
}
