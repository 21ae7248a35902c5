package dev.cachewarden.history.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.DiskProber;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often disks are measured, and who waits. */
@Timeout(300)
class DiskMeasuringTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final DiskSource EXPORTER = DiskSource.parse("http://one:9100/metrics", null);

    private static final Executor EACH_ITS_OWN = work -> Thread.ofVirtual().start(work);

    private final SettableClock clock = new SettableClock(NOON);
    private final FakeProber prober = new FakeProber();
    private final FakeHosts hosts = new FakeHosts(prober);
    private final AtomicInteger measured = new AtomicInteger();
    private DiskProber disk = (source, root) -> known(measured.get());
    private final DiskMeasuring meter = new DiskMeasuring(
            (source, root) -> {
                measured.incrementAndGet();
                return disk.measure(source, root);
            },
            hosts,
            clock);

    @BeforeEach
    void aHost() {
        prober.engineAt("tcp://one:2375", "ENGINE-1");
        hosts.register(draft(EXPORTER));
    }

    private static HostDraft draft(DiskSource source) {
        var plain = HostFixtures.draft("one", "tcp://one:2375");
        var connection = plain.connection();
        return new HostDraft(
                new HostConnection("one", connection.kind(), connection.address(), source),
                plain.labels(),
                plain.pollInterval(),
                true);
    }

    private WatchedHost host() {
        return hosts.find(new HostId(1)).orElseThrow();
    }

    private DiskReading known(long free) {
        return new DiskReading.Known(clock.instant(), new DiskSpace(ByteSize.parse("1GB"), new ByteSize(free)));
    }

    @Test
    void measureOnceInHalfAMinute() {
        assertThat(meter.recent(host())).isEqualTo(known(1));
        clock.forward(Duration.ofSeconds(29));
        assertThat(meter.recent(host()).takenAt()).isEqualTo(NOON);
        assertThat(measured).hasValue(1);

        clock.forward(Duration.ofSeconds(1));
        assertThat(meter.recent(host())).isEqualTo(known(2));
    }

    @Test
    void measuresAgainForACurrentValue() {
        meter.recent(host());

        assertThat(meter.now(host())).isEqualTo(known(2));
        assertThat(meter.recent(host())).isEqualTo(known(2));
    }

    @Test
    void storesTheMeasurementWithTheHost() {
        meter.recent(host());

        assertThat(host().disk()).isEqualTo(known(1));
    }

    @Test
    void anotherSourceIsAskedAtOnce() {
        meter.recent(host());
        hosts.change(new HostId(1), draft(DiskSource.LOCAL));

        assertThat(meter.recent(host())).isEqualTo(known(2));
    }

    @Test
    void concurrentCallersShareOneMeasurement() throws Exception {
        var released = new CountDownLatch(1);
        disk = (source, root) -> {
            await(released);
            return known(7);
        };
        var host = host();

        meter.measureInBackground(host);
        var one = CompletableFuture.supplyAsync(() -> meter.recent(host), EACH_ITS_OWN);
        var other = CompletableFuture.supplyAsync(() -> meter.recent(host), EACH_ITS_OWN);
        assertThat(one).isNotDone();
        released.countDown();

        assertThat(one.get()).isEqualTo(known(7));
        assertThat(other.get()).isEqualTo(known(7));
        assertThat(measured).hasValue(1);
    }

    @Test
    void aReadingOfTheCacheDoesNotWaitForTheDisk() {
        var released = new CountDownLatch(1);
        disk = (source, root) -> {
            await(released);
            return known(7);
        };

        meter.measureInBackground(host());

        assertThat(host().disk()).isNull();
        released.countDown();
        assertThat(meter.recent(host())).isEqualTo(known(7));
    }

    @Test
    void failuresAreUnknown() {
        disk = (source, root) -> {
            throw new IllegalStateException("out of luck");
        };

        assertThat(meter.recent(host()))
                .isEqualTo(new DiskReading.Unknown(
                        NOON, "The measurement failed: java.lang.IllegalStateException: out of luck"));
    }

    @Test
    void measuresAHostThatWasRemoved() {
        var host = host();
        hosts.remove(host.id());

        assertThat(meter.recent(host)).isEqualTo(known(1));
    }

    @Test
    void staleMeasurementIsUnknown() {
        assertThat(DiskMeter.last(host(), NOON).space()).isNull();
        meter.recent(host());

        assertThat(DiskMeter.last(host(), NOON.plus(Duration.ofMinutes(3)))).isEqualTo(known(1));
        assertThat(DiskMeter.last(host(), NOON.plus(Duration.ofMinutes(4))))
                .isEqualTo(new DiskReading.Unknown(
                        NOON.plus(Duration.ofMinutes(4)),
                        "The last measurement of the disk, at " + Timestamps.text(NOON) + ", is too old."));
    }

    @Test
    void lastIsKnownFromOneMeasurementToTheNextHoweverOftenTheCacheIsRead() {
        var plain = draft(EXPORTER);
        hosts.change(new HostId(1), new HostDraft(plain.connection(), plain.labels(), Duration.ofSeconds(5), true));
        meter.recent(host());

        assertThat(DiskMeter.last(host(), NOON.plus(Duration.ofMinutes(2)))).isEqualTo(known(1));
        assertThat(DiskMeter.last(host(), NOON.plus(Duration.ofMinutes(3))).space())
                .isNull();
    }

    @Test
    void aProblemIsStoredOnceAndTheEndOfIt() {
        disk = (source, root) -> new DiskReading.Unknown(clock.instant(), "It is down.");
        meter.now(host());
        clock.forward(Duration.ofMinutes(1));
        meter.now(host());
        assertThat(host().disk()).isEqualTo(new DiskReading.Unknown(NOON, "It is down."));

        disk = (source, root) -> known(5);
        meter.now(host());
        assertThat(host().disk()).isEqualTo(known(5));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
