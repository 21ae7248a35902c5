package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.preview.PruneForecasts;
import dev.cachewarden.plan.preview.PruneForecasts.PruneForecast;
import dev.cachewarden.testing.HostFixtures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What policies have in mind with a record: rule 1 takes contexts unused for 48 hours, at three in the morning in Berlin. */
class PruneForecastsTests {

    private final FakePolicies policies = new FakePolicies();
    private final FakePins pins = new FakePins(policies);
    private final PruneForecasts forecasts =
            new PruneForecasts(policies, (builder, records) -> Map.of(), pins, InstantSource.fixed(Fleets.NOW));

    private static WatchedHost host(String env) {
        return new WatchedHost(
                new HostId(1),
                HostFixtures.connection("ci-1", "tcp://ci-1:2375"),
                Map.of("env", env),
                Duration.ofMinutes(1),
                true,
                "ENGINE",
                null,
                new Reachability.Reachable(Fleets.NOW),
                List.of(),
                null,
                null);
    }

    private static CacheSnapshot contextUsed(Instant at) {
        var record = new CacheRecord(
                "ctx", RecordType.SOURCE_LOCAL, List.of(), "", false, false, null, new ByteSize(5), at, at, 1);
        // Beside it so much that the limit per run of a fifth of the cache is far.
        var rest = new CacheRecord(
                "rest", RecordType.REGULAR, List.of(), "", true, false, null, new ByteSize(95), at, at, 1);
        return new CacheSnapshot(new BuilderId(1), Fleets.NOW, List.of(record, rest));
    }

    private List<PruneForecast> forecastsOf(Instant used) {
        return forecasts.of(host("ci"), contextUsed(used), "ctx").stream()
                .filter(forecast -> forecast.policy().cron() != null)
                .toList();
    }

    @Test
    void forecastsWhenAKeptRecordIsDeleted() {
        assertThat(forecastsOf(Fleets.NOW.minus(Duration.ofHours(1))))
                .isNotEmpty()
                .allSatisfy(forecast -> {
                    assertThat(forecast.takes()).isFalse();
                    assertThat(forecast.now().text()).isEqualTo("Rule 1: used within 2 d");
                    assertThat(forecast.goesAt()).isEqualTo("2026-03-04T02:00:00Z");
                });
    }

    @Test
    void forecastsImmediateDeletion() {
        assertThat(forecastsOf(Fleets.NOW.minus(Duration.ofDays(3))))
                .isNotEmpty()
                .allSatisfy(forecast -> {
                    assertThat(forecast.takes()).isTrue();
                    assertThat(forecast.goesAt()).isEqualTo("2026-03-02T02:00:00Z");
                });
    }

    /** The limit of a fifth of the cache lets one of five equal records go in a run, so the last of them needs the runs before. */
    @Test
    void runsAreAppliedInTurnSoThatALimitOnlyDelays() {
        var used = Fleets.NOW.minus(Duration.ofDays(9));
        var records = IntStream.range(0, 20)
                .mapToObj(i -> new CacheRecord(
                        "ctx" + i,
                        RecordType.SOURCE_LOCAL,
                        List.of(),
                        "",
                        false,
                        false,
                        null,
                        new ByteSize(5),
                        used.plusSeconds(i),
                        used.plusSeconds(i),
                        1))
                .toList();
        var snapshot = new CacheSnapshot(new BuilderId(1), Fleets.NOW, records);

        // 20, then 16, 13, 11, 9, and 8 are left.
        assertThat(goesAt(snapshot, "ctx3")).isEqualTo("2026-03-02T02:00:00Z");
        assertThat(goesAt(snapshot, "ctx4")).isEqualTo("2026-03-03T02:00:00Z");
        assertThat(goesAt(snapshot, "ctx11")).isEqualTo("2026-03-06T02:00:00Z");
        // The limit of a fifth is less than one record then.
        assertThat(goesAt(snapshot, "ctx19")).isNull();
    }

    private @Nullable Instant goesAt(CacheSnapshot snapshot, String id) {
        var forecast = forecasts.of(host("ci"), snapshot, id).stream()
                .filter(one -> one.policy().cron() != null)
                .findFirst()
                .orElseThrow();
        assertThat(forecast.unknown()).isNull();
        return forecast.goesAt();
    }

    @Test
    void whatABuildHoldsIsUnknown() {
        var record = new CacheRecord(
                "ctx",
                RecordType.SOURCE_LOCAL,
                List.of(),
                "",
                true,
                false,
                null,
                new ByteSize(5),
                Fleets.NOW,
                Fleets.NOW,
                1);

        assertThat(forecasts.of(host("ci"), new CacheSnapshot(new BuilderId(1), Fleets.NOW, List.of(record)), "ctx"))
                .filteredOn(forecast -> forecast.policy().cron() != null)
                .isNotEmpty()
                .allSatisfy(forecast -> {
                    assertThat(forecast.goesAt()).isNull();
                    assertThat(forecast.unknown())
                            .isEqualTo("A build uses it now. The forecast cannot show when the build releases it.");
                });
    }

    @Test
    void aPolicyWithoutAScheduleHasNoForecast() {
        assertThat(forecasts.of(host("ci"), contextUsed(Fleets.NOW.minus(Duration.ofDays(9))), "ctx"))
                .filteredOn(forecast -> forecast.policy().cron() == null)
                .allSatisfy(forecast -> assertThat(forecast.unknown())
                        .isEqualTo("The policy has no schedule, so the time of its next run is unknown."));
    }

    @Test
    void aPinKeepsARecordInTheForecastToo() {
        pins.add("id==ctx", null, "ann");

        assertThat(forecastsOf(Fleets.NOW.minus(Duration.ofDays(3)))).allSatisfy(forecast -> {
            assertThat(forecast.now().text()).isEqualTo("Pinned: id==ctx");
            assertThat(forecast.goesAt()).isNull();
            assertThat(forecast.unknown()).isNull();
        });
    }

    @Test
    void forecastsNothingForAnUnknownRecord() {
        assertThat(forecasts.of(host("ci"), contextUsed(Fleets.NOW), "other")).isEmpty();
    }
}
