package dev.cachewarden.notify.store;

import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.notify.sending.Attempt;
import dev.cachewarden.notify.sending.ChannelSender;
import dev.cachewarden.rest.OwnAddresses;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The channels of a database, for tests of other packages. */
public final class ChannelParts {

    private ChannelParts() {}

    public static Channels channels(TestDatabase database, InstantSource clock) {
        return new Channels(new ChannelRows(JdbcClient.create(database.dataSource())), clock);
    }

    /** Tests of channels, with a service that accepts every message. */
    public static ChannelTrial trial(TestDatabase database, InstantSource clock) {
        ChannelSender sender = (channel, messages) -> new Attempt(
                new Outcome.Sent(),
                messages.getFirst().notification().kind() + " "
                        + messages.getFirst().notification().title(),
                200,
                "ok",
                Duration.ofMillis(7));
        return new ChannelTrial(
                new ChannelRows(JdbcClient.create(database.dataSource())),
                sender,
                OwnAddresses.at("https://cache.example.com"),
                clock);
    }
}
