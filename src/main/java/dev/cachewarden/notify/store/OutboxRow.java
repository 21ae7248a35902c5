package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Notification;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification that waits for its delivery through one channel.
 *
 * @param delivery the message that contains it, if the service can have accepted that one; otherwise null
 */
record OutboxRow(
        Notification notification,
        Instant createdAt,
        @Nullable UUID delivery) {

    UUID id() {
        return notification.id();
    }
}
