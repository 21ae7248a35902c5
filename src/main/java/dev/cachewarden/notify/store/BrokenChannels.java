package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reports a channel that loses notifications, once, through another one. */
@Component
class BrokenChannels {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenChannels.class);

    private final ChannelRows channels;
    private final OutboxRows rows;

    BrokenChannels(ChannelRows channels, OutboxRows rows) {
        this.channels = channels;
        this.rows = rows;
    }

    /** Marks a channel as broken, and reports it if it worked before. */
    void lost(StoredChannel channel, int count, String why, Instant now) {
        channels.broken(channel.id(), now, why);
        if (channel.view().delivery().brokenSince() != null) {
            return;
        }
        LOG.warn("Channel '{}' lost {} notifications: {}", channel.view().name(), count, why);
        var notice = notice(channel, Kind.FIRING, why, now, now);
        channels.all().stream()
                .filter(other -> other.id() != channel.id() && other.view().enabled())
                .filter(other -> other.view().delivery().brokenSince() == null)
                .min(Comparator.comparingInt(
                                (StoredChannel other) -> other.progress().failures())
                        .thenComparingLong(StoredChannel::id))
                .ifPresent(other -> rows.insert(other.id(), List.of(notice), now, now));
    }

    /** Reports that a channel delivers again. It reaches the channel that reported the failure. */
    void worksAgain(StoredChannel channel, Instant now) {
        var since = channel.view().delivery().brokenSince();
        if (since == null) {
            return;
        }
        LOG.info("Channel '{}' works again", channel.view().name());
        var notice = notice(channel, Kind.RESOLVED, "It delivers notifications again.", since, now);
        channels.all().stream()
                .filter(other -> other.id() != channel.id() && other.view().enabled())
                .forEach(other -> rows.insert(other.id(), List.of(notice), now, now));
    }

    private static Notification notice(StoredChannel channel, Kind kind, String why, Instant since, Instant now) {
        var key = "channel:" + channel.id();
        var name = channel.view().name();
        return new Notification(
                UUID.nameUUIDFromBytes((key + " " + kind + " " + now).getBytes(StandardCharsets.UTF_8)),
                key,
                kind,
                Severity.WARNING,
                "Channel '" + name + "' does not deliver notifications",
                why,
                List.of(
                        new Fact("Channel", name),
                        new Fact("Type", channel.view().type().label())),
                "/settings/channels",
                since,
                now,
                Map.of("rule", "channel-broken"));
    }
}
