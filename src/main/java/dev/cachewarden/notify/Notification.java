package dev.cachewarden.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A message for users, or for a system that informs users. All texts are plain text: each channel escapes them, and shortens them to what its
 * service accepts.
 *
 * @param id identifies this message. Each attempt to deliver it has the same ID, so receivers can drop duplicates.
 * @param key the stable identity of the alert: its rule and its subject. A resolved notification has the key of its firing one.
 * @param kind why the message exists
 * @param severity how urgent it is
 * @param title one line that states what happened and where
 * @param text one to three sentences: how much, since when, and the next step
 * @param facts values to show below the text, in this order. It can be empty.
 * @param path the path of the page where a user can act, from the root of the service, such as {@code /hosts/1}. The sender adds the base URL.
 * @param since when the state began
 * @param at when this message was created
 * @param labels names and values that receivers can route by, such as {@code host} and {@code rule}
 */
public record Notification(
        UUID id,
        String key,
        Kind kind,
        Severity severity,
        String title,
        String text,
        List<Fact> facts,
        String path,
        Instant since,
        Instant at,
        Map<String, String> labels) {

    /** Why a notification exists. */
    public enum Kind {
        /** A state began that users should know about, or it still holds. */
        FIRING,
        /** The state ended. */
        RESOLVED,
        /** Several messages as one. */
        DIGEST,
        /** A user tests a channel. */
        TEST
    }

    public Notification {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path must start with /: " + path);
        }
        facts = List.copyOf(facts);
        labels = Map.copyOf(labels);
    }
}
