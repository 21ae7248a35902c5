package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Notification;
import org.jspecify.annotations.Nullable;

/**
 * A notification with the link to its page.
 *
 * @param link absolute URL, or null if the base URL of Cachewarden is unknown
 */
public record Message(Notification notification, @Nullable String link) {

    /** Creates a message. An empty base URL means that it is unknown. */
    public static Message of(Notification notification, String baseUrl) {
        return new Message(notification, baseUrl.isEmpty() ? null : baseUrl + notification.path());
    }
}
