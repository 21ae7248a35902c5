package dev.cachewarden.forecast.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.Basis;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.ForecastText;
import dev.cachewarden.forecast.GrowthHour;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.forecast.Outlook.Reason;
import dev.cachewarden.forecast.Pace;
import dev.cachewarden.forecast.TrackRecord;
import dev.cachewarden.history.CacheLevels;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageRolledUp;
import dev.cachewarden.history.store.BuilderReading;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostId;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.run.Runs;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.SettableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Growth and forecasts on a real database. */
class HourlyForecastsTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final HostId HOST = new HostId(1);
    private static final BuilderId BUILDER = new BuilderId(1);
    private static final long GIB = 1L << 30;

    @RegisterExtension
    static final HistoryContext context = HistoryContext.at("2026-03-08T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON.toString());
    private final FakeHosts hosts = FakeHosts.leadingTo("engine-1", "engine-2");
    private final JdbcClient jdbc = JdbcClient.create(context.jdbc());
    private final GrowthStore growth = new GrowthStore(jdbc, context.get(CacheLevels.class));
    private final DiskLevels disks = new DiskLevels(jdbc);
    private final StoredForecasts forecasts = new StoredForecasts(jdbc, clock);
    private final CheckStore checks = new CheckStore(jdbc);
    private final HourlyForecasts hourly = new HourlyForecasts(
            hosts,
            context.get(UsageHistory.class),
            noPolicies(),
            new Situations(new FutureOfPolicies(noRuns())),
            growth,
            disks,
            forecasts,
            checks);

    @BeforeEach
    void twoHosts() {
        context.clear();
        context.addBuilder("host-1");
        context.addBuilder("host-2");
    }

    private static Policies noPolicies() {
        return (Policies) Proxy.newProxyInstance(
                Policies.class.getClassLoader(), new Class<?>[] {Policies.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("all");
                    return List.of();
                });
    }

    private static Runs noRuns() {
        return (Runs) Proxy.newProxyInstance(
                Runs.class.getClassLoader(), new Class<?>[] {Runs.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("No policy, so no run of it");
                });
    }

    private static Instant minute(long minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private void isNow(Instant time) {
        clock.pass(Duration.between(clock.instant(), time));
    }

    private void read(Instant at, CacheRecord... records) {
        context.get(ReadingStore.class)
                .store(BuilderReading.of(HOST, BUILDER, at, Duration.ofMillis(9), List.of(records)), true);
    }

    private static CacheRecord record(String id, long bytes) {
        return aRecord(id).bytes(bytes).build();
    }

    private List<GrowthHour> hours() {
        return growth.hours(List.of(BUILDER), NOON.minus(Duration.ofDays(30)));
    }

    private void disk(Instant at, long freeGib) {
        var space = new DiskSpace(new ByteSize(100 * GIB), new ByteSize(freeGib * GIB));
        hosts.recordDisk(HOST, DiskSource.LOCAL, new DiskReading.Known(at, space));
    }

    @Test
    void growthCountsWhatARunDeletedBetweenTwoReadings() {
        read(minute(0), record("a", 100), record("b", 50));
        context.get(UsageHistory.class).markPruned(BUILDER, 7, List.of("a"), minute(5));
        read(minute(10), record("b", 50), record("c", 30));

        growth.advance(BUILDER, minute(60));

        assertThat(hours()).containsExactly(new GrowthHour(NOON, 30, 1, false));
    }

    @Test
    void growthContinuesAfterAGapAndCountsEachReadingOnce() {
        read(minute(0), record("a", 10));
        read(minute(30), record("a", 15));
        growth.advance(BUILDER, minute(60));
        growth.advance(BUILDER, minute(120));
        read(minute(210), record("a", 315));
        growth.advance(BUILDER, minute(240));
        growth.advance(BUILDER, minute(240));

        assertThat(hours()).extracting(GrowthHour::grownBytes).containsExactly(55L, 100L, 100L, 50L);
    }

    @Test
    void twoReplicasCountEachReadingOnce() throws Exception {
        for (int minute = 0; minute < 60; minute++) {
            read(minute(minute), record("a", 10L * minute + 1));
        }
        var transactions = new TransactionTemplate(context.get(PlatformTransactionManager.class));
        Callable<Object> advance = () -> {
            transactions.executeWithoutResult(status -> growth.advance(BUILDER, minute(60)));
            return "done";
        };
        try (var replicas = Executors.newFixedThreadPool(2)) {
            for (var done : replicas.invokeAll(List.of(advance, advance))) {
                done.get();
            }
        }

        assertThat(hours()).containsExactly(new GrowthHour(NOON, 590, 59, false));
    }

    @Test
    void forecastIsMadeOncePerHour() {
        read(minute(0), record("a", 10));
        disk(minute(0), 50);

        hourly.on(new UsageRolledUp(minute(3)));
        hourly.on(new UsageRolledUp(minute(8)));
        assertThat(forecasts.times()).containsEntry(HOST, minute(3)).hasSize(2);

        hourly.on(new UsageRolledUp(minute(61)));
        assertThat(forecasts.times()).containsEntry(HOST, minute(3));
        hourly.on(new UsageRolledUp(minute(63)));
        assertThat(forecasts.times()).containsEntry(HOST, minute(63));
    }

    @Test
    void newHostHasAReasonInsteadOfAForecast() {
        read(minute(0), record("a", 10));
        disk(minute(0), 50);

        hourly.make(minute(3));

        isNow(minute(3));
        assertThat(forecasts.latest(HOST))
                .hasValueSatisfying(forecast -> assertThat(ForecastText.of(forecast.withoutPruning()))
                        .isEqualTo("No forecast: the cache has been read for only 0 minutes, 0 times."
                                + " A forecast needs 24 hours and 20 snapshots."));
        assertThat(forecasts.latest(new HostId(2)))
                .hasValueSatisfying(forecast -> assertThat(ForecastText.of(forecast.withoutPruning()))
                        .isEqualTo("No forecast: the free disk space is unknown."));
        assertThat(forecasts.latest(new HostId(3))).isEmpty();
    }

    @Test
    void growingHostGetsAForecastThatIsCheckedLater() {
        for (int hour = 0; hour <= 36; hour++) {
            read(minute(60L * hour), record("a", hour * GIB));
        }
        disk(minute(36 * 60), 10);
        hourly.make(minute(36 * 60 + 3));
        isNow(minute(36 * 60 + 3));

        assertThat(forecasts.latest(HOST))
                .hasValueSatisfying(forecast -> assertThat(ForecastText.of(forecast.withoutPruning()))
                        .isEqualTo("Usually full in about 10 hours."));
        assertThat(forecasts.trackRecord(HOST)).isEqualTo(new TrackRecord(0, 0));

        for (int hour = 37; hour <= 48; hour++) {
            read(minute(60L * hour), record("a", hour * GIB));
            hourly.make(minute(60L * hour + 3));
        }
        assertThat(forecasts.trackRecord(HOST)).isEqualTo(new TrackRecord(1, 1));
    }

    @Test
    void forecastSurvivesTheStore() {
        var space = new DiskSpace(new ByteSize(1_000), new ByteSize(90));
        var forecast = new DiskForecast(
                NOON,
                space,
                new Basis(28, 672, 2, new ByteSize(18), new ByteSize(2), -7L),
                new Outlook.Range(Duration.ofHours(3), Duration.ofHours(6), null),
                new Outlook.NotWithin(Outlook.FAR),
                new Outlook.None(Reason.HELD, "Garbage collection holds the cache at 20 B."),
                new Pace(new ByteSize(60), 3.5, Duration.ofHours(19)));

        forecasts.save(HOST, forecast);

        assertThat(forecasts.latest(HOST)).contains(forecast);
        assertThat(forecasts.latest()).containsOnlyKeys(HOST);
    }

    @Test
    void forecastThatWasNotRenewedIsNoForecast() {
        var range = new Outlook.Range(Duration.ofHours(3), Duration.ofHours(6), null);
        forecasts.save(HOST, new DiskForecast(NOON, null, null, range, null, null, null));
        isNow(NOON.plus(Duration.ofHours(5)));

        assertThat(forecasts.latest(HOST))
                .hasValueSatisfying(forecast -> assertThat(forecast.withoutPruning())
                        .isEqualTo(new Outlook.None(Reason.STALE, "No forecast: the last one is 5 hours old.")));
    }
}
