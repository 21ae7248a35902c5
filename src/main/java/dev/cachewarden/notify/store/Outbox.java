package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notifications;
import dev.cachewarden.notify.NotifySettings;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores notifications for their delivery. */
@Component
class Outbox implements Notifications {

    private final ChannelRows channels;
    private final OutboxRows rows;
    private final NotifySettings settings;
    private final InstantSource clock;

    Outbox(ChannelRows channels, OutboxRows rows, NotifySettings settings, InstantSource clock) {
        this.channels = channels;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void send(List<Notification> notifications) {
        var now = clock.instant();
        for (var channel : channels.all()) {
            var taken = notifications.stream().filter(channel::takes).toList();
            if (channel.view().enabled() && !taken.isEmpty()) {
                rows.insert(channel.id(), taken, now, now.plus(settings.groupWait()));
            }
        }
    }
}
