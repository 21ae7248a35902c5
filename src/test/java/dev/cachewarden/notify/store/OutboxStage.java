package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.NotifySettings;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An outbox on a real database, with a service whose answers the test determines. */
abstract class OutboxStage {

    static final TestDatabase database = TestDatabase.create();

    final SettableClock clock = new SettableClock("2026-11-30T12:00:00Z");
    final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    final ChannelRows channels = new ChannelRows(jdbc);
    final OutboxRows rows = new OutboxRows(jdbc, new JdbcTemplate(database.dataSource()));
    final NotifySettings settings = new NotifySettings(true, Duration.ofSeconds(10), Duration.ofDays(7), List.of());
    final Outbox outbox = new Outbox(channels, rows, settings, clock);
    final Deliveries deliveries = new Deliveries(channels, rows, new BrokenChannels(channels, rows), new Random(1));
    final TransactionTemplate transactions = database.transactions();
    final List<String> sent = new ArrayList<>();
    private int sequence;

    @BeforeEach
    void clear() {
        database.clear();
    }

    void channel(String name) {
        channels.insert(ChannelDrafts.named(name), null, "me", clock.instant());
    }

    ChannelView view(String name) {
        return channels.all().stream()
                .map(StoredChannel::view)
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void send(Notification... notifications) {
        transactions.executeWithoutResult(transaction -> outbox.send(List.of(notifications)));
    }

    void insertDue(String key, int count) {
        rows.insert(
                channels.all().getFirst().id(),
                IntStream.range(0, count).mapToObj(i -> firing(key + i)).toList(),
                clock.instant(),
                clock.instant());
    }

    List<String> run(Outcome outcome) {
        clock.pass(Duration.ofSeconds(10));
        return runNow(outcome);
    }

    List<String> run(Map<String, Outcome> answers) {
        clock.pass(Duration.ofSeconds(10));
        return run(answers, new Outcome.Sent());
    }

    List<String> runNow(Outcome outcome) {
        return run(Map.of(), outcome);
    }

    List<String> run(Map<String, Outcome> answers, Outcome otherwise) {
        sent.clear();
        for (int i = 0; i < 50; i++) {
            deliver().ifPresent(claim -> {
                var name = claim.channel().view().name();
                claim.messages().forEach(one -> sent.add(name + " " + one.kind() + " " + one.title()));
                finish(claim, answers.getOrDefault(name, otherwise));
            });
        }
        return List.copyOf(sent);
    }

    Optional<Claim> deliver() {
        return java.util.Objects.requireNonNull(transactions.execute(transaction ->
                deliveries.next(UUID.randomUUID(), clock.instant()).claim()));
    }

    void finish(Claim claim, Outcome outcome) {
        transactions.executeWithoutResult(transaction -> deliveries.finish(claim, outcome, clock.instant()));
    }

    Map<String, Long> states() {
        return jdbc
                .sql("select state, count(*) as count from notification_outbox group by state")
                .query((row, number) -> Map.entry(row.getString("state"), row.getLong("count")))
                .list()
                .stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Notification firing(String key) {
        return notification(key, Kind.FIRING, Severity.WARNING, Map.of());
    }

    Notification resolved(String key) {
        return notification(key, Kind.RESOLVED, Severity.WARNING, Map.of());
    }

    Notification notification(String key, Kind kind, Severity severity, Map<String, String> labels) {
        return new Notification(
                UUID.nameUUIDFromBytes((key + kind + clock.instant() + sequence++).getBytes(StandardCharsets.UTF_8)),
                key,
                kind,
                severity,
                key,
                "Text",
                List.of(),
                "/hosts/1",
                clock.instant(),
                clock.instant(),
                labels);
    }
}
