package dev.cachewarden.history.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.store.HistoryUpkeep;
import dev.cachewarden.history.store.Leases;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.rest.NotFoundException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;

/** Polls by several replicas, and polls of hosts that hang or fail. */
class PollLeaseTests extends PollingStage {

    @Test
    void hungHostDelaysNoOtherHostAndIsPolledOnce() throws Exception {
        var letGo = new CountDownLatch(1);
        var asked = new AtomicInteger();
        reader.does("one", () -> {
            asked.incrementAndGet();
            return hang(letGo);
        });
        for (String name : List.of("two", "three", "four", "five")) {
            addHost(name);
        }

        var started = poller.pollDue(clock.instant());
        var hung = Objects.requireNonNull(started.remove(ONE));
        CompletableFuture.allOf(started.values().toArray(CompletableFuture[]::new))
                .get(2, TimeUnit.MINUTES);
        assertThat(started).hasSize(4);
        assertThat(hung).isNotDone();

        var next = poller.pollDue(clock.forward(Duration.ofMinutes(5)));
        assertThat(next).hasSize(4).doesNotContainKey(ONE);
        CompletableFuture.allOf(next.values().toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);

        letGo.countDown();
        hung.get(2, TimeUnit.MINUTES);
        assertThat(asked).hasValue(1);
        assertThat(poller.pollDue(clock.forward(Duration.ofSeconds(1)))).containsOnlyKeys(ONE);
    }

    @Test
    void hostThatIsRemovedWhileItIsReadIsNoFailure(CapturedOutput output) throws Exception {
        reader.does("one", () -> {
            hosts.remove(ONE);
            throw new NotFoundException("There is no host 1");
        });

        assertThat(polled(clock.instant())).containsExactly(ONE);

        assertThat(output).doesNotContain("Polling one failed");
    }

    @Test
    void whatGoesWrongWithOneHostIsLoggedAndTheNextTurnComes(CapturedOutput output) throws Exception {
        reader.does("one", () -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(polled(clock.instant())).containsExactly(ONE);

        assertThat(output).contains("Polling one failed");
        assertThat(poller.pollDue(clock.forward(Duration.ofMinutes(1)))).containsOnlyKeys(ONE);
    }

    @Test
    void hostOfAnotherReplicaIsNoticedSoon() throws Exception {
        assertThat(polled(clock.instant())).containsExactly(ONE);
        var added = addHost("two");

        assertThat(poller.pollDue(clock.forward(Duration.ofSeconds(4)))).isEmpty();
        assertThat(poller.pollDue(clock.forward(Duration.ofSeconds(1)))).containsOnlyKeys(added.id());
    }

    @Test
    void pollerContinuesAfterItWasClosed() throws Exception {
        assertThat(polled(clock.instant())).containsExactly(ONE);
        poller.close();

        assertThat(polled(clock.forward(Duration.ofMinutes(2)))).containsExactly(ONE);
        assertThat(history.latest(new BuilderId(1)))
                .hasValueSatisfying(sample -> assertThat(sample.takenAt()).isEqualTo(clock.instant()));
    }

    @Test
    void anotherReplicaTakesOverWithinTwoIntervals() {
        var interval = Duration.ofSeconds(5);
        var host = hosts.find(ONE).orElseThrow();
        hosts.change(ONE, new HostDraft(host.connection(), host.labels(), interval, true));
        var polled = new ArrayList<Instant>();
        var loops = new PollLoop[2];
        for (int i = 0; i < 2; i++) {
            loops[i] = new PollLoop(
                    new Poller(
                            hosts,
                            id -> {
                                polled.add(clock.instant());
                                return new HostReading.Unreachable(
                                        new HostProblem(HostProblem.Cause.TIMEOUT, "never mind"));
                            },
                            () -> 0.5),
                    context.get(HistoryUpkeep.class),
                    at -> {},
                    context.get(Leases.class),
                    SETTINGS,
                    clock,
                    "replica-" + i,
                    new PollStore(() -> true, new SimpleMeterRegistry().counter("skipped")),
                    new Repeater());
        }
        // Steps of a second. The first replica is killed after a minute, at each place between two polls in turn.
        for (int killedAfter = 60; killedAfter < 65; killedAfter++) {
            var alive = loops[killedAfter % 2];
            var other = loops[1 - killedAfter % 2];
            for (int second = 0; second < killedAfter + 20; second++) {
                var now = clock.forward(Duration.ofSeconds(1));
                if (second < killedAfter) {
                    alive.step(now).values().forEach(CompletableFuture::join);
                }
                other.step(now).values().forEach(CompletableFuture::join);
            }
        }
        for (int i = 1; i < polled.size(); i++) {
            assertThat(Duration.between(polled.get(i - 1), polled.get(i)))
                    .as("gap before poll %d", i)
                    .isLessThanOrEqualTo(interval.multipliedBy(2));
        }
        assertThat(polled).hasSizeGreaterThan(50);
    }

    @Test
    void pollsAreSkippedAndCountedWhileTheStoreIsAway() {
        var meters = new SimpleMeterRegistry();
        var away = new AtomicBoolean();
        var loop = new PollLoop(
                poller,
                context.get(HistoryUpkeep.class),
                at -> {},
                context.get(Leases.class),
                SETTINGS,
                clock,
                "replica",
                new PollStore(() -> !away.get(), meters.counter("skipped")),
                new Repeater());
        loop.step(clock.forward(Duration.ofMinutes(2))).values().forEach(CompletableFuture::join);
        int asked = hosts.all().size();

        away.set(true);
        assertThat(loop.step(clock.forward(Duration.ofMinutes(2)))).isEmpty();
        assertThat(loop.step(clock.forward(Duration.ofSeconds(1)))).isEmpty();
        assertThat(meters.counter("skipped").count()).isEqualTo(asked);

        away.set(false);
        assertThat(loop.step(clock.forward(Duration.ofMinutes(2)))).hasSize(asked);
    }

    @Test
    void oneOfTwoReplicasPolls() {
        var polls = new AtomicInteger[] {new AtomicInteger(), new AtomicInteger()};
        var loops = new PollLoop[2];
        for (int i = 0; i < 2; i++) {
            var count = polls[i];
            var counting = new Poller(
                    hosts,
                    id -> {
                        count.incrementAndGet();
                        return new HostReading.Unreachable(new HostProblem(HostProblem.Cause.TIMEOUT, "never mind"));
                    },
                    () -> 0.5);
            loops[i] = new PollLoop(
                    counting,
                    context.get(HistoryUpkeep.class),
                    at -> {},
                    context.get(Leases.class),
                    SETTINGS,
                    clock,
                    "replica-" + i,
                    new PollStore(() -> true, new SimpleMeterRegistry().counter("skipped")),
                    new Repeater());
        }
        // An hour, a step each five seconds; the first stops renewing after half of it.
        for (int step = 0; step < 720; step++) {
            var now = clock.forward(Duration.ofSeconds(5));
            for (int replica = step < 360 ? 0 : 1; replica < 2; replica++) {
                for (var poll : loops[replica].step(now).values()) {
                    poll.join();
                }
            }
        }
        assertThat(polls[0]).hasValue(30);
        // It waited for the end of the lease.
        assertThat(polls[1]).hasValue(30);
    }

    /** Polls what is due, to the end. */
    private Set<HostId> polled(Instant now) {
        var started = poller.pollDue(now);
        started.values().forEach(CompletableFuture::join);
        return started.keySet();
    }

    private static List<CacheRecord> hang(CountDownLatch until) {
        try {
            until.await();
            return List.of(A);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rollUpIsAnnouncedWithItsTime() throws Exception {
        var announced = new CompletableFuture<Instant>();
        var loop = new PollLoop(
                poller,
                context.get(HistoryUpkeep.class),
                announced::complete,
                context.get(Leases.class),
                SETTINGS,
                clock,
                "replica",
                new PollStore(() -> true, new SimpleMeterRegistry().counter("skipped")),
                new Repeater());
        var now = clock.forward(Duration.ofMinutes(2));

        loop.step(now).values().forEach(CompletableFuture::join);

        assertThat(announced.get(2, TimeUnit.MINUTES)).isEqualTo(now);
    }
}
