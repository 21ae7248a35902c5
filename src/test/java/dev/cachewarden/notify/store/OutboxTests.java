package dev.cachewarden.notify.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What channels receive, and when: waiting, order, repetition, rates, losses, and filters. */
class OutboxTests extends OutboxStage {

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
}
