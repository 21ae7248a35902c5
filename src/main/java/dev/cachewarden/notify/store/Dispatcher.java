package dev.cachewarden.notify.store;

import dev.cachewarden.notify.channel.Message;
import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.notify.sending.ChannelSender;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.OwnAddress;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Sends what is due, one message after the other. Several of them, in this replica and others, can run at the same time. */
@Component
class Dispatcher {

    private final Deliveries deliveries;
    private final ChannelSender sender;
    private final OwnAddress address;
    private final InstantSource clock;

    Dispatcher(Deliveries deliveries, ChannelSender sender, OwnAddress address, InstantSource clock) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.address = address;
        this.clock = clock;
    }

    /** Sends until nothing is due. */
    void sendAll() {
        while (!Thread.currentThread().isInterrupted()) {
            var next = deliveries.next(UUID.randomUUID(), clock.instant());
            next.claim().ifPresent(this::send);
            if (next.found() == Deliveries.Found.NOTHING) {
                return;
            }
        }
    }

    private void send(Claim claim) {
        deliveries.finish(claim, outcome(claim), clock.instant());
    }

    private Outcome outcome(Claim claim) {
        var messages = claim.messages().stream()
                .map(notification -> Message.of(notification, address.configured()))
                .toList();
        try {
            return sender.send(claim.channel().draft().channel(), messages).outcome();
        } catch (InvalidInputException e) {
            // An earlier version accepted it.
            return new Outcome.Refused("The channel has invalid settings. Save it again. " + e.getMessage());
        }
    }
}
