package dev.cachewarden.notify.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.NotifySettings;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.notify.sending.Attempt;
import dev.cachewarden.rest.OwnAddresses;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the outbox to the sender, and back. */
class DispatcherTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final SettableClock clock = new SettableClock("2026-11-30T12:00:00Z");
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final ChannelRows channels = new ChannelRows(jdbc);
    private final OutboxRows rows = new OutboxRows(jdbc, new JdbcTemplate(database.dataSource()));
    private final Outbox outbox =
            new Outbox(channels, rows, new NotifySettings(true, Duration.ZERO, Duration.ofDays(7), List.of()), clock);
    private final List<String> sent = new ArrayList<>();
    private final Dispatcher dispatcher = new Dispatcher(
            new Deliveries(channels, rows, new BrokenChannels(channels, rows), new Random(1)),
            (channel, messages) -> {
                messages.forEach(message -> sent.add(message.notification().title() + " " + message.link()));
                return new Attempt(new Outcome.Sent(), "", 200, "ok", Duration.ZERO);
            },
            OwnAddresses.at("https://cache.example.com/"),
            clock);

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void everythingDueIsSentWithItsLink() {
        channels.insert(ChannelDrafts.named("ops"), null, "me", clock.instant());
        outbox.send(List.of(firing("a"), firing("b")));

        dispatcher.sendAll();

        assertThat(sent).containsExactly("a https://cache.example.com/hosts/1", "b https://cache.example.com/hosts/1");
        assertThat(channels.all()).singleElement().satisfies(channel -> {
            assertThat(channel.view().delivery().pending()).isZero();
            assertThat(channel.view().delivery().lastSentAt()).isEqualTo(clock.instant());
        });
    }

    /** An earlier version can have accepted settings that are invalid now. */
    @Test
    void invalidChannelIsReportedAsBroken() {
        channels.insert(ChannelDrafts.named("ops"), null, "me", clock.instant());
        database.jdbc().update("update notification_channel set settings = '{}'");
        outbox.send(List.of(firing("a")));

        dispatcher.sendAll();

        assertThat(sent).isEmpty();
        assertThat(channels.all().getFirst().view().delivery().problem())
                .startsWith("The channel has invalid settings. Save it again.");
    }

    private Notification firing(String key) {
        return new Notification(
                UUID.randomUUID(),
                key,
                Kind.FIRING,
                Severity.WARNING,
                key,
                "Text",
                List.of(),
                "/hosts/1",
                clock.instant(),
                clock.instant(),
                Map.of());
    }
}
