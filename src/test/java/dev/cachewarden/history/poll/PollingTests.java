package dev.cachewarden.history.poll;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.store.HistoryUpkeep;
import dev.cachewarden.history.store.Leases;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.HostFixtures;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** From the host that is due to the reading that is stored; the network is played, the database is real. */
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
class PollingTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final HostId ONE = new HostId(1);
    private static final HistorySettings SETTINGS = HistoryContext.settings(2);
    private static final CacheRecord A = aRecord("aaa").build();
    private static final CacheRecord B = aRecord("bbb").build();

    @RegisterExtension
    static final HistoryContext context = HistoryContext.at("2026-03-08T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);
    private final FakeProber prober = new FakeProber();
    private final FakeHosts hosts = new FakeHosts(prober);
    private final FakeReader reader = new FakeReader(clock);
    private final UsageHistory history = context.get(UsageHistory.class);
    private final DiskMeasuring disks = new DiskMeasuring(prober, hosts, clock);
    private final FakeConflicts stored = new FakeConflicts();
    private final ConflictWatch conflicts = new ConflictWatch(stored, hosts);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReadingTurns turns = new ReadingTurns(SETTINGS, meters, clock);
    private final HostSampling sampling = new HostSampling(
            hosts,
            new HostProbes(prober, SETTINGS, clock),
            reader,
            context.get(ReadingStore.class),
            disks,
            conflicts,
            turns,
            event -> {});
    private final Poller poller = new Poller(hosts, sampling, () -> 0.5);

    @BeforeEach
    void startWithOneHost() {
        context.clear();
        addHost("one");
        reader.has("one", A, B);
    }

    @AfterEach
    void stopPolling() {
        poller.close();
    }

    private WatchedHost addHost(String name) {
        prober.engineAt("tcp://" + name + ":2375", "ENGINE-" + name);
        var host = hosts.register(HostFixtures.draft(name, "tcp://" + name + ":2375"));
        context.addBuilder(name);
        return host;
    }

    @Test
    void sampleNowReadsAndStores() {
        var reading = sampling.sampleNow(ONE);

        assertThat(reading).isEqualTo(new HostReading.Read(new CacheSnapshot(new BuilderId(1), NOON, List.of(A, B))));
        assertThat(history.snapshot(new BuilderId(1)))
                .hasValueSatisfying(stored -> assertThat(stored.records()).containsExactlyInAnyOrder(A, B));
        assertThat(reachability(ONE)).isInstanceOf(Reachability.Reachable.class);
    }

    @Test
    void theDiskIsMeasuredWithEachReadingAndKeptWithTheHost() {
        sampling.sampleNow(ONE);
        assertThat(disks.recent(hosts.find(ONE).orElseThrow())).isEqualTo(prober.disk);
        assertThat(hosts.find(ONE).orElseThrow().disk()).isEqualTo(prober.disk);
        assertThat(prober.measured).hasSize(1);

        clock.forward(Duration.ofMinutes(1));
        sampling.sampleNow(ONE);
        disks.recent(hosts.find(ONE).orElseThrow());
        assertThat(prober.measured).hasSize(2);
    }

    @Test
    void theDiskOfAHostThatDoesNotAnswerIsNotMeasured() {
        prober.forgetAll();

        sampling.sampleNow(ONE);

        assertThat(prober.measured).isEmpty();
    }

    @Test
    void unknownHostIsTold() {
        assertThatThrownBy(() -> sampling.sampleNow(new HostId(99)))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no host 99");
    }

    @Test
    void hostThatCannotBeReadIsAReadingToo() {
        sampling.sampleNow(ONE);
        var problem = new HostProblem(HostProblem.Cause.TIMEOUT, "one did not answer within 10 s");
        reader.does("one", () -> {
            throw new EngineUnreachableException(problem, null);
        });

        assertThat(sampling.sampleNow(ONE)).isEqualTo(new HostReading.Unreachable(problem));
        assertThat(reachability(ONE)).isEqualTo(new Reachability.Unreachable(HostFixtures.PROBED_AT, problem));
        assertThat(history.snapshot(new BuilderId(1)))
                .as("the last snapshot stands")
                .isPresent();
    }

    @Test
    void readingThatWaitedForCachewardenIsNotHeldAgainstTheHost() {
        sampling.sampleNow(ONE);
        var before = reachability(ONE);
        int probes = prober.probes();
        reader.does("one", () -> {
            throw new EngineUnreachableException(
                    new HostProblem(HostProblem.Cause.DELAYED, "Cachewarden was too busy to read one"), null);
        });
        clock.forward(Duration.ofMinutes(2));

        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Unreachable.class);
        assertThat(reachability(ONE)).isEqualTo(before).isInstanceOf(Reachability.Reachable.class);
        assertThat(turns.since(ONE)).contains(NOON.plus(Duration.ofMinutes(2)));
        assertThat(meters.counter("cachewarden.readings.delayed").count()).isEqualTo(1);

        reader.has("one", A, B);
        clock.forward(Duration.ofMinutes(1));
        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Read.class);
        assertThat(turns.since(ONE)).isEmpty();
        assertThat(meters.counter("cachewarden.readings.delayed").count()).isEqualTo(1);
        assertThat(meters.timer("cachewarden.reading.wait").count()).isEqualTo(3);
        assertThat(prober.probes()).as("it is not asked anew what it is").isEqualTo(probes);
    }

    @Test
    void refusalIsToldAsTrouble() {
        reader.does("one", () -> {
            throw new EngineRefusedException("one", "GET /v1.51/system/df", "500", "disk on fire");
        });

        assertThat(sampling.sampleNow(ONE))
                .isEqualTo(new HostReading.Unreachable(new HostProblem(
                        HostProblem.Cause.ENGINE_ERROR, "one refused GET /v1.51/system/df with 500: disk on fire")));
    }

    @Test
    void cacheThatCannotBeIsTroubleAndNotStored() {
        reader.has(
                "one",
                aRecord("aaa").bytes(Long.MAX_VALUE).build(),
                aRecord("bbb").bytes(Long.MAX_VALUE).build());
        assertThat(sampling.sampleNow(ONE))
                .isEqualTo(new HostReading.Unreachable(new HostProblem(
                        HostProblem.Cause.BAD_ANSWER,
                        "one reported an invalid cache: The sizes add up to more than 64 PiB, which is larger"
                                + " than any disk")));

        reader.has("one", A, B, A);
        assertThat(sampling.sampleNow(ONE))
                .isEqualTo(new HostReading.Unreachable(new HostProblem(
                        HostProblem.Cause.BAD_ANSWER, "one reported an invalid cache: Record aaa is listed twice")));
        assertThat(history.latest()).isEmpty();
    }

    @Test
    void valuesThatCannotBeStoredAreTrouble() {
        sampling.sampleNow(ONE);
        context.jdbc().execute("alter table cache_record add constraint refuses check (description <> 'odd')");
        reader.has("one", A, aRecord("odd").described("odd").build());
        clock.forward(Duration.ofMinutes(1));

        var problem = new HostProblem(
                HostProblem.Cause.NOT_STORED,
                "one reported values that the database cannot store. The server log has the details");
        try {
            assertThat(sampling.sampleNow(ONE)).isEqualTo(new HostReading.Unreachable(problem));
        } finally {
            context.jdbc().execute("alter table cache_record drop constraint refuses");
        }
        assertThat(reachability(ONE)).isEqualTo(new Reachability.Unreachable(HostFixtures.PROBED_AT, problem));

        reader.has("one", A, B);
        clock.forward(Duration.ofMinutes(1));
        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Read.class);
        assertThat(reachability(ONE)).isInstanceOf(Reachability.Reachable.class);
    }

    @Test
    void hostsThatClaimOneEngineButDifferAreStoppedUntilAPersonDecides() {
        addHost("two");
        var two = new HostId(2);
        reader.has("two", aRecord("xxx").build());
        sampling.sampleNow(ONE);
        clock.forward(Duration.ofMinutes(1));
        sampling.sampleNow(two);
        stored.sameEngine.addAll(List.of(ONE, two));
        for (var host : List.of(ONE, two, ONE, two)) {
            clock.forward(Duration.ofMinutes(1));
            sampling.sampleNow(host);
        }

        for (var host : List.of(ONE, two)) {
            assertThat(sampling.sampleNow(host))
                    .isInstanceOfSatisfying(
                            HostReading.Unreachable.class,
                            unreachable -> assertThat(unreachable.problem())
                                    .satisfies(problem ->
                                            assertThat(problem.cause()).isEqualTo(HostProblem.Cause.ENGINE_CONFLICT))
                                    .satisfies(problem -> assertThat(problem.message())
                                            .contains("report the same engine ID ENGINE-")
                                            .contains("Cachewarden does not prune them")));
            assertThat(reachability(host)).isInstanceOf(Reachability.Unreachable.class);
        }

        stored.confirmSame(ONE, "ann");
        stored.sameEngine.clear();
        clock.forward(Duration.ofMinutes(1));
        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Read.class);
        assertThat(reachability(ONE)).isInstanceOf(Reachability.Reachable.class);
    }

    @Test
    void hostIsProbedAtStartThenEachTenMinutesAndWheneverItAnswersAgain() {
        prober.nothingAt("tcp://one:2375");
        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Unreachable.class);
        prober.engineAt("tcp://one:2375", "ENGINE-one");

        int before = prober.probes();
        sampling.sampleNow(ONE);
        assertThat(prober.probes() - before).as("answers again").isEqualTo(1);
        clock.forward(Duration.ofMinutes(10).minusMillis(1));
        sampling.sampleNow(ONE);
        assertThat(prober.probes() - before).as("probed not long ago").isEqualTo(1);
        clock.forward(Duration.ofMillis(1));
        sampling.sampleNow(ONE);
        assertThat(prober.probes() - before).as("ten minutes are over").isEqualTo(2);
    }

    @Test
    void anotherEngineIsTroubleAndItsCacheIsNotStored() {
        sampling.sampleNow(ONE);
        prober.engineAt("tcp://one:2375", "ENGINE-other");
        clock.forward(Duration.ofMinutes(11));

        assertThat(sampling.sampleNow(ONE))
                .isEqualTo(new HostReading.Unreachable(new HostProblem(
                        HostProblem.Cause.DIFFERENT_ENGINE,
                        "Engine ENGINE-other responds at tcp://one:2375 instead of ENGINE-one. If the engine was"
                                + " reinstalled, remove the host and add it again")));
        assertThat(history.latest(new BuilderId(1)))
                .hasValueSatisfying(sample -> assertThat(sample.takenAt()).isEqualTo(NOON));
    }

    @Test
    void anotherEngineIsNoticedByItsCacheBetweenProbes() {
        sampling.sampleNow(ONE);
        prober.engineAt("tcp://one:2375", "ENGINE-other");
        reader.has("one", aRecord("zzz").build());
        clock.forward(Duration.ofMinutes(1));

        assertThat(sampling.sampleNow(ONE))
                .isInstanceOfSatisfying(
                        HostReading.Unreachable.class,
                        reading -> assertThat(reading.problem().cause()).isEqualTo(HostProblem.Cause.DIFFERENT_ENGINE));
        assertThat(history.record(new BuilderId(1), "zzz")).isEmpty();
    }

    @Test
    void cacheThatWasEmptiedIsStoredOnceTheEngineIsCertain() {
        sampling.sampleNow(ONE);
        reader.has("one");
        clock.forward(Duration.ofMinutes(1));

        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Read.class);
        assertThat(history.snapshot(new BuilderId(1)))
                .hasValueSatisfying(stored -> assertThat(stored.records()).isEmpty());
    }

    @Test
    void hungHostDelaysNobodyAndIsNotAskedTwice() throws Exception {
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
    void pollerGoesOnAfterItWasClosed() throws Exception {
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

    private Reachability reachability(HostId id) {
        return hosts.find(id).orElseThrow().reachability();
    }

    private static List<CacheRecord> hang(CountDownLatch until) {
        try {
            until.await();
            return List.of(A);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
