package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.notify.channel.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides what a channel sends next, and stores the result. A claim and its result are two transactions. The message is sent between them, so
 * no transaction waits for a service.
 */
@Component
class Deliveries {

    /** Longer than any attempt. Then the replica has stopped, and another one sends the same message again. */
    static final Duration OWNED = Duration.ofMinutes(2);

    static final Duration GIVE_UP = Duration.ofHours(24);

    /** Messages that a channel can send at once. It regains one each second. */
    private static final int BURST = 5;

    private static final int MOST = 2_000;

    private final ChannelRows channels;
    private final OutboxRows rows;
    private final BrokenChannels broken;
    private final RandomGenerator random;

    Deliveries(ChannelRows channels, OutboxRows rows, BrokenChannels broken, RandomGenerator notifyRandom) {
        this.channels = channels;
        this.rows = rows;
        this.broken = broken;
        this.random = notifyRandom;
    }

    /** The result of a search for work. */
    enum Found {
        /** No channel has a due notification. */
        NOTHING,
        /** A channel was tidied up, and there may be more work. */
        MORE
    }

    /**
     * Claims the next message of any channel.
     *
     * @param owner identifies the claim
     * @return the message, or empty if there is nothing to send
     */
    @Transactional
    public Next next(UUID owner, Instant now) {
        var channel = channels.claimable(now).orElse(null);
        if (channel == null) {
            return new Next(Found.NOTHING, Optional.empty());
        }
        var pending = pending(channel, now);
        if (pending.isEmpty()) {
            return new Next(Found.MORE, Optional.empty());
        }
        return new Next(Found.MORE, claim(channel, pending, owner, now));
    }

    /** Work that was found, and the message to send, if there is one. */
    record Next(Found found, Optional<Claim> claim) {}

    /** Returns what can be sent, and ends what is too old or superseded. */
    private List<OutboxRow> pending(StoredChannel channel, Instant now) {
        var all = rows.pending(channel.id(), MOST);
        var late = all.stream()
                .filter(row -> !row.createdAt().plus(GIVE_UP).isAfter(now))
                .toList();
        if (!late.isEmpty()) {
            var problem = Objects.requireNonNullElse(channel.view().delivery().problem(), "The channel was disabled.");
            rows.end(channel.id(), ids(late), "FAILED", problem, now);
            if (channel.progress().failures() > 0) {
                broken.lost(channel, late.size(), problem, now);
            }
        }
        var left = all.stream().filter(row -> !late.contains(row)).toList();
        var keys = left.stream().map(row -> row.notification().key()).distinct().toList();
        var dropped = Superseded.of(left, rows.open(channel.id(), keys));
        rows.end(channel.id(), ids(dropped), "DROPPED", null, now);
        return left.stream().filter(row -> !dropped.contains(row)).toList();
    }

    private Optional<Claim> claim(StoredChannel channel, List<OutboxRow> pending, UUID owner, Instant now) {
        double tokens = tokens(channel.progress(), now);
        if (tokens < 1) {
            channels.postpone(channel.id(), now.plusMillis((long) Math.ceil((1 - tokens) * 1_000)));
            return Optional.empty();
        }
        var delivery = pending.stream()
                .map(OutboxRow::delivery)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        List<OutboxRow> chosen;
        if (delivery != null) {
            chosen = pending.stream()
                    .filter(row -> delivery.equals(row.delivery()))
                    .toList();
        } else {
            chosen = pending.size() <= (int) tokens ? pending.subList(0, 1) : pending;
        }
        var id = delivery == null ? id(chosen) : delivery;
        rows.deliver(channel.id(), ids(chosen), id);
        channels.own(channel.id(), owner, now.plus(OWNED), tokens - 1, now);
        return Optional.of(new Claim(channel, owner, chosen, messages(channel, chosen, id, now)));
    }

    private static double tokens(StoredChannel.Progress progress, Instant now) {
        var at = progress.tokensAt();
        // A time in the future was stored before the clock was set back.
        double regained = at == null || at.isAfter(now)
                ? BURST
                : Duration.between(at, now).toMillis() / 1_000.0;
        return Math.min(BURST, progress.tokens() + regained);
    }

    private static List<Notification> messages(StoredChannel channel, List<OutboxRow> rows, UUID id, Instant now) {
        var all = rows.stream().map(OutboxRow::notification).toList();
        if (all.size() == 1 || channel.draft().type() == ChannelType.ALERTMANAGER) {
            return all;
        }
        return List.of(Digest.of(id, all, now));
    }

    /** Returns the ID of the message with these notifications. It is the same if the message is sent again. */
    private static UUID id(List<OutboxRow> rows) {
        if (rows.size() == 1) {
            return rows.getFirst().id();
        }
        var ids = rows.stream().map(row -> row.id().toString()).toList();
        return UUID.nameUUIDFromBytes(String.join(" ", ids).getBytes(StandardCharsets.UTF_8));
    }

    /** Stores the result of an attempt, and releases the channel. */
    @Transactional
    public void finish(Claim claim, Outcome outcome, Instant now) {
        var channel = channels.lock(claim.channel().id()).orElse(null);
        if (channel == null) {
            // It was removed, with its notifications.
            return;
        }
        switch (outcome) {
            case Outcome.Sent sent -> sent(channel, claim, now);
            case Outcome.Retry retry -> retry(channel, claim, retry, now);
            case Outcome.Refused refused -> {
                rows.end(channel.id(), claim.ids(), "FAILED", refused.why(), now);
                broken.lost(channel, claim.rows().size(), refused.why(), now);
            }
        }
        channels.disown(channel.id(), claim.owner());
    }

    private void sent(StoredChannel channel, Claim claim, Instant now) {
        rows.end(channel.id(), claim.ids(), "SENT", null, now);
        for (var row : claim.rows()) {
            var notification = row.notification();
            if (notification.kind() == Kind.FIRING) {
                rows.open(channel.id(), notification.key(), now);
            } else if (notification.kind() == Kind.RESOLVED) {
                rows.close(channel.id(), notification.key());
            }
        }
        channels.succeeded(channel.id(), now);
        broken.worksAgain(channel, now);
    }

    private void retry(StoredChannel channel, Claim claim, Outcome.Retry retry, Instant now) {
        int failures = channel.progress().failures() + 1;
        channels.failed(channel.id(), failures, now.plus(Backoff.pause(failures, retry.after(), random)), retry.why());
        if (!retry.unanswered()) {
            // The service did not accept it, so it can be grouped with later ones, or dropped.
            rows.deliver(channel.id(), claim.ids(), null);
        }
    }

    private static List<UUID> ids(List<OutboxRow> rows) {
        return rows.stream().map(OutboxRow::id).toList();
    }
}
