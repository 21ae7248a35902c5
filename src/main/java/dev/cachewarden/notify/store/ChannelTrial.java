package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.Message;
import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.notify.sending.Attempt;
import dev.cachewarden.notify.sending.ChannelSender;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.OwnAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tests channels with a pair of messages: a firing one and its resolved one, both marked as a test. */
@Component
public class ChannelTrial {

    private final ChannelRows rows;
    private final ChannelSender sender;
    private final OwnAddress address;
    private final InstantSource clock;

    ChannelTrial(ChannelRows rows, ChannelSender sender, OwnAddress address, InstantSource clock) {
        this.rows = rows;
        this.sender = sender;
        this.address = address;
        this.clock = clock;
    }

    /**
     * Sends the test through a stored channel, even if it is disabled.
     *
     * @return one or two attempts. If the first one fails, there is no second one.
     */
    public List<Attempt> send(long id) {
        var channel = rows.find(id).orElseThrow(() -> new NotFoundException("There is no channel " + id + "."));
        return send(channel.draft());
    }

    /** Sends the test through a channel that is not stored. */
    public List<Attempt> send(ChannelInput input) {
        return send(input.draft());
    }

    /** Sends the test through a changed channel that is not stored. It uses the stored secrets. */
    public List<Attempt> send(long id, ChannelInput input) {
        var channel = rows.find(id).orElseThrow(() -> new NotFoundException("There is no channel " + id + "."));
        return send(input.draft(channel.draft()));
    }

    private List<Attempt> send(ChannelDraft draft) {
        var channel = draft.channel();
        var now = clock.instant();
        var key = "test:" + UUID.randomUUID();
        var first = sender.send(channel, List.of(message(Kind.TEST, key, draft, now)));
        if (!(first.outcome() instanceof Outcome.Sent)) {
            return List.of(first);
        }
        return List.of(first, sender.send(channel, List.of(message(Kind.RESOLVED, key, draft, now))));
    }

    private Message message(Kind kind, String key, ChannelDraft draft, Instant now) {
        var notification = new Notification(
                UUID.randomUUID(),
                key,
                kind,
                Severity.INFO,
                "Test of channel '" + draft.name() + "'",
                "This is a test. No action is necessary.",
                List.of(
                        new Fact("Channel", draft.name()),
                        new Fact("Type", draft.type().label())),
                "/settings/channels",
                now,
                now,
                Map.of("rule", "test"));
        return Message.of(notification, address.configured());
    }
}
