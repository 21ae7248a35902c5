package dev.cachewarden.notify.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox on a real database, with a service whose answers the test determines. */
class OutboxTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final SettableClock clock = new SettableClock("2026-11-30T12:00:00Z");
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final ChannelRows channels = new ChannelRows(jdbc);
    private final OutboxRows rows = new OutboxRows(jdbc, new JdbcTemplate(database.dataSource()));
    private final NotifySettings settings =
            new NotifySettings(true, Duration.ofSeconds(10), Duration.ofDays(7), List.of());
    private final Outbox outbox = new Outbox(channels, rows, settings, clock);
    private final Deliveries deliveries =
            new Deliveries(channels, rows, new BrokenChannels(channels, rows), new Random(1));
    private final TransactionTemplate transactions = database.transactions();
    private final List<String> sent = new ArrayList<>();

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void rolledBackNotificationIsNotSent() {
        channel("ops");
        transactions.executeWithoutResult(transaction -> {
            outbox.send(List.of(firing("a")));
            transaction.setRollbackOnly();
        });

        assertThat(run(new Outcome.Sent())).isEmpty();
    }

    @Test
    void notificationsWaitForOthersAndFewAreSentOneByOne() {
        channel("ops");
        send(firing("a"), firing("b"));

        assertThat(runNow(new Outcome.Sent())).isEmpty();
        assertThat(run(new Outcome.Sent())).containsExactly("ops FIRING a", "ops FIRING b");
        assertThat(run(new Outcome.Sent())).isEmpty();
    }

    @Test
    void thousandNotificationsAtOnceAreOneMessageForEachChannel() {
        channel("ops");
        channel("dev");
        send(IntStream.range(0, 1_000).mapToObj(i -> firing("host-" + i)).toArray(Notification[]::new));

        assertThat(run(new Outcome.Sent()))
                .containsExactlyInAnyOrder(
                        "ops DIGEST 1000 notifications: 1000 firing, 0 resolved",
                        "dev DIGEST 1000 notifications: 1000 firing, 0 resolved");
        send(IntStream.range(0, 1_000).mapToObj(i -> resolved("host-" + i)).toArray(Notification[]::new));
        assertThat(run(new Outcome.Sent()))
                .containsExactlyInAnyOrder(
                        "ops DIGEST 1000 notifications: 0 firing, 1000 resolved",
                        "dev DIGEST 1000 notifications: 0 firing, 1000 resolved");
    }

    @Test
    void resolvedBeforeTheDeliveryMeansThatNeitherIsSent() {
        channel("ops");
        send(firing("a"), resolved("a"), firing("b"), resolved("b"), firing("b"));

        assertThat(run(new Outcome.Sent())).containsExactly("ops FIRING b");
        assertThat(states()).containsEntry("DROPPED", 4L).containsEntry("SENT", 1L);
    }

    @Test
    void resolvedFollowsItsDeliveredFiring() {
        channel("ops");
        send(firing("a"));
        run(new Outcome.Sent());
        send(firing("a"), resolved("a"));

        assertThat(run(new Outcome.Sent())).containsExactly("ops RESOLVED a");
        send(resolved("a"));
        assertThat(run(new Outcome.Sent())).isEmpty();
    }

    @Test
    void resolvedWaitsForAFiringThatMayHaveArrived() {
        channel("ops");
        send(firing("a"));
        assertThat(run(new Outcome.Retry(null, true, "No answer"))).containsExactly("ops FIRING a");
        send(resolved("a"));

        clock.pass(Duration.ofMinutes(31));
        assertThat(run(new Outcome.Sent())).containsExactly("ops FIRING a", "ops RESOLVED a");
    }

    @Test
    void firingThatWasRejectedTemporarilyIsDroppedWithItsResolved() {
        channel("ops");
        send(firing("a"));
        run(new Outcome.Retry(null, false, "Busy"));
        send(resolved("a"));

        clock.pass(Duration.ofMinutes(31));
        assertThat(run(new Outcome.Sent())).isEmpty();
    }

    @Test
    void retryAfterIsObeyedUpToAnHour() {
        channel("ops");
        send(firing("a"));
        run(new Outcome.Retry(Duration.ofMinutes(20), false, "Busy"));

        clock.pass(Duration.ofMinutes(19));
        assertThat(runNow(new Outcome.Sent())).isEmpty();
        clock.pass(Duration.ofMinutes(2));
        assertThat(runNow(new Outcome.Retry(Duration.ofHours(9), false, "Busy")))
                .hasSize(1);
        clock.pass(Duration.ofMinutes(61));
        assertThat(runNow(new Outcome.Sent())).containsExactly("ops FIRING a");
    }

    @Test
    void lossIsReportedOnceOnAnotherChannel() {
        channel("broken");
        channel("ops");
        send(firing("a"));
        var answers = Map.<String, Outcome>of("broken", new Outcome.Refused("It answered with status 404."));

        assertThat(run(answers))
                .containsExactlyInAnyOrder(
                        "broken FIRING a",
                        "ops FIRING a",
                        "ops FIRING Channel 'broken' does not deliver notifications");
        send(firing("b"));
        assertThat(run(answers)).containsExactlyInAnyOrder("broken FIRING b", "ops FIRING b");
        assertThat(view("broken").delivery().problem()).isEqualTo("It answered with status 404.");
        assertThat(view("broken").delivery().brokenSince()).isNotNull();

        send(firing("c"));
        assertThat(run(Map.of()))
                .containsExactlyInAnyOrder(
                        "broken FIRING c",
                        "ops FIRING c",
                        "ops RESOLVED Channel 'broken' does not deliver notifications");
        assertThat(view("broken").delivery().brokenSince()).isNull();
    }

    @Test
    void channelThatHangsForADayIsGivenUp() {
        channel("broken");
        channel("ops");
        send(firing("a"));
        var answers = Map.<String, Outcome>of("broken", new Outcome.Retry(null, true, "No answer"));
        run(answers);
        clock.pass(Duration.ofHours(25));

        assertThat(run(answers)).containsExactly("ops FIRING Channel 'broken' does not deliver notifications");
        assertThat(states()).containsEntry("FAILED", 1L);
    }

    @Test
    void rateAboveTheLimitBecomesDigests() {
        channel("ops");
        send(IntStream.range(0, 5).mapToObj(i -> firing("x" + i)).toArray(Notification[]::new));
        assertThat(run(new Outcome.Sent())).hasSize(5);
        // No time passes, so the channel has no message left.
        insertDue("y", 3);
        assertThat(runNow(new Outcome.Sent())).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(runNow(new Outcome.Sent())).containsExactly("ops DIGEST 3 notifications: 3 firing, 0 resolved");
    }

    /** Times that were stored before would otherwise stop the channel until the clock reaches them again. */
    @Test
    void clockThatIsSetBackStopsNoChannel() {
        channel("ops");
        send(firing("a"));
        run(new Outcome.Retry(null, false, "Busy"));
        send(firing("b"));
        clock.pass(Duration.ofDays(-3));

        assertThat(runNow(new Outcome.Sent())).containsExactly("ops FIRING a", "ops FIRING b");
    }

    @Test
    void clockThatIsSetAheadLosesNoFreshNotification() {
        channel("ops");
        send(firing("a"));
        clock.pass(Duration.ofHours(20));

        assertThat(run(new Outcome.Sent())).containsExactly("ops FIRING a");
    }

    @Test
    void oldNotificationsAreDeleted() {
        channel("ops");
        send(firing("a"));
        run(new Outcome.Sent());
        clock.pass(Duration.ofSeconds(1));
        send(firing("b"));

        rows.deleteOlderThan(clock.instant());
        assertThat(states()).isEqualTo(Map.of("PENDING", 1L));
        clock.pass(Duration.ofDays(8));
        rows.deleteOlderThan(clock.instant().minus(settings.keep()));
        assertThat(states()).isEmpty();
    }

    @Test
    void filtersDecideWhatAChannelReceives() {
        channels.insert(
                new ChannelDraft(
                        "prod",
                        ChannelDrafts.TYPE,
                        true,
                        Severity.CRITICAL,
                        Map.of("env", "prod"),
                        ChannelDrafts.SETTINGS),
                null,
                "me",
                clock.instant());
        channels.insert(
                new ChannelDraft("off", ChannelDrafts.TYPE, false, Severity.INFO, Map.of(), ChannelDrafts.SETTINGS),
                null,
                "me",
                clock.instant());
        send(
                notification("a", Kind.FIRING, Severity.CRITICAL, Map.of("env", "prod", "host", "x")),
                notification("b", Kind.FIRING, Severity.WARNING, Map.of("env", "prod")),
                notification("c", Kind.FIRING, Severity.CRITICAL, Map.of("env", "test")),
                notification("c", Kind.RESOLVED, Severity.CRITICAL, Map.of("env", "test")));

        assertThat(run(new Outcome.Sent())).containsExactly("prod FIRING a");
    }

    @Test
    void killedReplicaLosesAndDoublesNothing() {
        channel("ops");
        send(firing("a"), firing("b"));
        clock.pass(Duration.ofSeconds(10));

        var killed = deliver().orElseThrow();
        assertThat(deliver())
                .as("a second replica does not use the claimed channel")
                .isEmpty();
        clock.pass(Deliveries.OWNED);

        var taken = deliver().orElseThrow();
        assertThat(taken.messages()).as("the same message with the same ID").isEqualTo(killed.messages());
        finish(taken, new Outcome.Sent());
        finish(killed, new Outcome.Sent());
        assertThat(runNow(new Outcome.Sent())).containsExactly("ops FIRING b");
        assertThat(states()).isEqualTo(Map.of("SENT", 2L));
    }

    @Test
    void digestOfAKilledReplicaIsSentAgainWithTheSameId() {
        channel("ops");
        send(IntStream.range(0, 20).mapToObj(i -> firing("x" + i)).toArray(Notification[]::new));
        clock.pass(Duration.ofSeconds(10));
        var killed = deliver().orElseThrow();
        send(firing("later"));
        clock.pass(Deliveries.OWNED);

        var taken = deliver().orElseThrow();
        assertThat(taken.messages().getFirst().id())
                .isEqualTo(killed.messages().getFirst().id());
        assertThat(taken.ids()).isEqualTo(killed.ids());
        finish(taken, new Outcome.Sent());
        assertThat(run(new Outcome.Sent())).containsExactly("ops FIRING later");
    }

    @Test
    void twoReplicasSendEachNotificationOnce() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            channel("c" + i);
        }
        for (int i = 0; i < 25; i++) {
            send(firing("a" + i));
            clock.pass(Duration.ofSeconds(10));
        }
        var received = new java.util.concurrent.ConcurrentLinkedQueue<UUID>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int empty = 0; empty < 20; ) {
                    var claim = deliver();
                    claim.ifPresent(found -> {
                        received.addAll(found.ids());
                        finish(found, new Outcome.Sent());
                    });
                    empty = claim.isPresent() ? 0 : empty + 1;
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(received).hasSize(100);
        assertThat(states()).isEqualTo(Map.of("SENT", 100L));
    }

    private void channel(String name) {
        channels.insert(ChannelDrafts.named(name), null, "me", clock.instant());
    }

    private ChannelView view(String name) {
        return channels.all().stream()
                .map(StoredChannel::view)
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void send(Notification... notifications) {
        transactions.executeWithoutResult(transaction -> outbox.send(List.of(notifications)));
    }

    private void insertDue(String key, int count) {
        rows.insert(
                channels.all().getFirst().id(),
                IntStream.range(0, count).mapToObj(i -> firing(key + i)).toList(),
                clock.instant(),
                clock.instant());
    }

    private List<String> run(Outcome outcome) {
        clock.pass(Duration.ofSeconds(10));
        return runNow(outcome);
    }

    private List<String> run(Map<String, Outcome> answers) {
        clock.pass(Duration.ofSeconds(10));
        return run(answers, new Outcome.Sent());
    }

    private List<String> runNow(Outcome outcome) {
        return run(Map.of(), outcome);
    }

    private List<String> run(Map<String, Outcome> answers, Outcome otherwise) {
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

    private java.util.Optional<Claim> deliver() {
        return java.util.Objects.requireNonNull(transactions.execute(transaction ->
                deliveries.next(UUID.randomUUID(), clock.instant()).claim()));
    }

    private void finish(Claim claim, Outcome outcome) {
        transactions.executeWithoutResult(transaction -> deliveries.finish(claim, outcome, clock.instant()));
    }

    private Map<String, Long> states() {
        return jdbc
                .sql("select state, count(*) as count from notification_outbox group by state")
                .query((row, number) -> Map.entry(row.getString("state"), row.getLong("count")))
                .list()
                .stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Notification firing(String key) {
        return notification(key, Kind.FIRING, Severity.WARNING, Map.of());
    }

    private Notification resolved(String key) {
        return notification(key, Kind.RESOLVED, Severity.WARNING, Map.of());
    }

    private Notification notification(String key, Kind kind, Severity severity, Map<String, String> labels) {
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

    private int sequence;
}
