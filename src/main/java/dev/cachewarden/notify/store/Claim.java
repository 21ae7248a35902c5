package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Notification;
import java.util.List;
import java.util.UUID;

/**
 * The next message of a channel, which this replica may send.
 *
 * @param owner identifies the claim
 * @param rows the notifications that the message contains, at least one
 * @param messages one notification, or all of them for a service that takes them together
 */
record Claim(StoredChannel channel, UUID owner, List<OutboxRow> rows, List<Notification> messages) {

    List<UUID> ids() {
        return rows.stream().map(OutboxRow::id).toList();
    }
}
