package dev.cachewarden.alert.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.PruneOutlook;
import dev.cachewarden.alert.PruneOutlook.LastRun;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.alert.Value.Unknown;
import dev.cachewarden.alert.store.CacheValues.Rates;
import dev.cachewarden.alert.store.RunFacts.EndedRun;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecords;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.run.RunState;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.HostFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that rules compare, from hosts, policies, and runs. */
class AlertSourcesTests {

    /** A quarter of an hour after the hosts were probed. */
    private static final Instant NOW = HostFixtures.PROBED_AT.plus(Duration.ofMinutes(15));

    private static final HostId ID = new HostId(1);
    private static final long GIB = 1L << 30;

    private final FakeHosts hosts = FakeHosts.leadingTo("ENGINE-1");

    private WatchedHost host() {
        return hosts.find(ID).orElseThrow();
    }

    private Observation observe(RuleId rule, @Nullable UsageSample sample) {
        var latest = sample == null ? Map.<BuilderId, UsageSample>of() : Map.of(sample.builder(), sample);
        return HostValues.of(hosts.all(), latest, NOW).stream()
                .filter(seen -> seen.rule() == rule)
                .findFirst()
                .orElseThrow();
    }

    private static UsageSample sample(Duration age, long bytes) {
        var usage = CacheUsage.of(List.of(CacheRecords.aRecord("a").bytes(bytes).build()));
        return new UsageSample(
                new BuilderId(1),
                NOW.minus(age),
                Duration.ZERO,
                usage,
                usage.total().size());
    }

    @Test
    void freeDiskSpaceIsMeasuredOrUnknown() {
        assertThat(observe(RuleId.DISK_FREE, null).value())
                .isEqualTo(new Unknown("The disk has not been measured yet."));

        hosts.recordDisk(
                ID,
                DiskSource.LOCAL,
                new DiskReading.Known(NOW, new DiskSpace(new ByteSize(200 * GIB), new ByteSize(8 * GIB))));
        var seen = observe(RuleId.DISK_FREE, sample(Duration.ZERO, GIB));
        assertThat(seen.value()).isEqualTo(new Measured(Unit.BYTES, 8.0 * GIB, 200.0 * GIB));
        assertThat(seen.text()).isEqualTo("Free disk space is 8.0 GiB of 200.0 GiB (4%).");
        assertThat(seen.facts())
                .extracting(fact -> fact.label() + ": " + fact.value())
                .containsExactly("Free space: 8.0 GiB of 200.0 GiB (4%)", "Cache: 1.0 GiB", "Reclaimable: 1.0 GiB");

        hosts.recordDisk(ID, DiskSource.LOCAL, new DiskReading.Unknown(NOW, "No such directory."));
        assertThat(observe(RuleId.DISK_FREE, null).value()).isEqualTo(new Unknown("No such directory."));
    }

    @Test
    void unreachableHostHasNoOtherValues() {
        hosts.recordReachable(ID);
        assertThat(observe(RuleId.HOST_UNREACHABLE, null).value()).isEqualTo(new Measured(Unit.DURATION, 0));

        hosts.recordUnreachable(ID, new HostProblem(Cause.TIMEOUT, "No answer."));
        var seen = observe(RuleId.HOST_UNREACHABLE, null);
        assertThat(seen.value()).isEqualTo(new Measured(Unit.DURATION, 900));
        assertThat(seen.text()).isEqualTo("Unreachable since 2026-03-01 08:00 UTC: No answer.");
        for (var rule : List.of(RuleId.DISK_FREE, RuleId.SAMPLES_TOO_OLD, RuleId.CACHE_OVER_LIMIT)) {
            assertThat(observe(rule, sample(Duration.ofDays(1), GIB)).value())
                    .isEqualTo(new Unknown("The host is unreachable."));
        }
    }

    @Test
    void unreachableHostStaysUnreachableIfTheClockIsSetBack() {
        hosts.recordUnreachable(ID, new HostProblem(Cause.TIMEOUT, "No answer."));
        var seen = HostValues.of(hosts.all(), Map.of(), NOW.minus(Duration.ofDays(1)));

        assertThat(seen)
                .filteredOn(each -> each.rule() == RuleId.HOST_UNREACHABLE)
                .extracting(Observation::value)
                .containsExactly(new Measured(Unit.DURATION, 1));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT1M, 0", "PT31M, 1800", "PT-5M, 0"})
    void ageOfASampleCountsFromThePollInterval(Duration age, long seconds) {
        assertThat(observe(RuleId.SAMPLES_TOO_OLD, sample(age, GIB)).value())
                .isEqualTo(new Measured(Unit.DURATION, seconds));
    }

    @Test
    void cacheIsComparedWithTheLimitOfItsGarbageCollection() {
        assertThat(observe(RuleId.CACHE_OVER_LIMIT, null).value())
                .isEqualTo(new Unknown("The cache has not been read yet."));
        assertThat(observe(RuleId.CACHE_OVER_LIMIT, sample(Duration.ZERO, 768_000_000))
                        .value())
                .isEqualTo(new Measured(Unit.BYTES, 256_000_000, 512_000_000));
        assertThat(observe(RuleId.CACHE_OVER_LIMIT, sample(Duration.ZERO, 5)).value())
                .isEqualTo(new Measured(Unit.BYTES, 0, 512_000_000));
    }

    @Test
    void disabledHostHasNoValues() {
        var draft = HostFixtures.draft("host-1", "tcp://127.0.0.1:1");
        hosts.change(ID, new HostDraft(draft.connection(), draft.labels(), draft.pollInterval(), false));

        assertThat(HostValues.of(hosts.all(), Map.of(), NOW)).isEmpty();
    }

    /** The newest run comes first. Each is a state with planned and deleted GiB. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            DONE 10 9                             | 0 | 9/10
            DONE 10 0                             | 0 | 0/10
            PARTIAL 10 1; FAILED 10 0             | 0 | 1/10
            FAILED 10 0; FAILED 10 0; DONE 10 9   | 2 |
            CANCELED 10 0; FAILED 10 0; DONE 10 9 | 1 |
            DONE 0 0                              | 0 |
            CANCELED 10 0                         |   |
            """)
    void runsOfAPolicyOnAHost(String runs, @Nullable Integer failed, @Nullable String share) {
        var ended = new ArrayList<EndedRun>();
        for (var run : runs.split("; ")) {
            var parts = run.split(" ");
            ended.add(new EndedRun(
                    100 - ended.size(),
                    4,
                    ID,
                    RunState.valueOf(parts[0]),
                    NOW,
                    Long.parseLong(parts[1]) * GIB,
                    Long.parseLong(parts[2]) * GIB,
                    "The disk is broken."));
        }
        var seen = RunValues.of(ended, List.of(policy(true, PolicyMode.ENFORCE, null)), hosts.all(), NOW);

        assertThat(value(seen, RuleId.RUN_FAILED))
                .isEqualTo(failed == null ? null : new Measured(Unit.RUNS, failed.doubleValue()));
        assertThat(value(seen, RuleId.RUN_FREED_LITTLE)).isEqualTo(share == null ? null : bytes(share));
    }

    private static Measured bytes(String share) {
        var parts = Arrays.stream(share.split("/")).mapToLong(Long::parseLong).toArray();
        return new Measured(Unit.BYTES, parts[0] * (double) GIB, parts[1] * (double) GIB);
    }

    private static @Nullable Value value(List<Observation> seen, RuleId rule) {
        return seen.stream()
                .filter(each -> each.rule() == rule)
                .map(Observation::value)
                .findFirst()
                .orElse(null);
    }

    @Test
    void failedRunLeadsToItsPageAndNamesItsReason() {
        var run = new EndedRun(7, 4, ID, RunState.FAILED, NOW, GIB, 0, "The host is disabled.");
        var seen = RunValues.of(List.of(run), List.of(policy(true, PolicyMode.ENFORCE, null)), hosts.all(), NOW);

        assertThat(seen)
                .filteredOn(each -> each.rule() == RuleId.RUN_FAILED)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.text())
                            .isEqualTo("Run 7 ended at 2026-03-01 08:15 UTC and failed. The host is disabled.");
                    assertThat(failed.subject().name()).isEqualTo("nightly on host-1");
                    assertThat(failed.subject().path()).isEqualTo("/runs/7");
                    assertThat(failed.key()).isEqualTo("run-failed:policy:4:host:1");
                });
    }

    @ParameterizedTest
    @CsvSource({", 0", "PT5M, 0", "PT-40M, 2400"})
    void missedStartOfAPolicy(@Nullable Duration next, long late) {
        var due = next == null ? null : NOW.plus(next);
        var seen = RunValues.of(List.of(), List.of(policy(true, PolicyMode.ENFORCE, due)), hosts.all(), NOW);

        assertThat(value(seen, RuleId.RUN_MISSED)).isEqualTo(new Measured(Unit.DURATION, late));
    }

    @Test
    void policyThatIsDisabledOrOnlyReportsHasNoValues() {
        var run = new EndedRun(7, 4, ID, RunState.FAILED, NOW, GIB, 0, "");

        assertThat(RunValues.of(List.of(run), List.of(policy(false, PolicyMode.ENFORCE, null)), hosts.all(), NOW))
                .isEmpty();
        assertThat(RunValues.of(List.of(run), List.of(policy(true, PolicyMode.REPORT, null)), hosts.all(), NOW))
                .isEmpty();
    }

    @Test
    void outlookNamesThePolicyThatPrunesTheHost() {
        var run = new EndedRun(7, 4, ID, RunState.DONE, NOW, GIB, GIB, "");
        var other = new EndedRun(8, 5, ID, RunState.DONE, NOW, GIB, GIB, "");
        var policy = policy(true, PolicyMode.ENFORCE, NOW.plusSeconds(60));

        assertThat(PruneOutlooks.of(hosts.all(), List.of(policy), List.of(other, run), Map.of(ID, NOW)))
                .containsExactly(Map.entry(
                        ID, new PruneOutlook(4L, "nightly", NOW, NOW.plusSeconds(60), new LastRun(7, NOW, GIB))));
        assertThat(PruneOutlooks.of(hosts.all(), List.of(), List.of(run), Map.of()))
                .isEmpty();
        assertThat(PruneOutlooks.of(hosts.all(), List.of(), List.of(run), Map.of(ID, NOW)))
                .containsExactly(Map.entry(ID, new PruneOutlook(null, "", NOW, null, null)));
    }

    @ParameterizedTest
    @CsvSource({"150, 200, 180, 200, 15", "180, 200, 150, 200, 0", "0, 199, 180, 200, ", "0, 200, 180, 199, "})
    void hitRateIsComparedWithTheDaysBefore(
            long hits, long lookups, long hitsBefore, long lookupsBefore, @Nullable Double drop) {
        var value = CacheValues.rate(host(), new Rates(ID, hits, lookups, hitsBefore, lookupsBefore))
                .value();

        assertThat(value)
                .isEqualTo(
                        drop == null
                                ? new Unknown("There are fewer than 200 cache lookups to compare.")
                                : new Measured(Unit.PERCENT, drop));
    }

    /** With policies, 5% and median hours, and the free share of the disk; the last column is the time in hours. */
    @ParameterizedTest(name = "{0} {1} h and {2}% free")
    @CsvSource({"4, 10, 10, 10", "6, 10, 10, 12", "4, 10, 25, 24", "30, 50, 25, 60", "4, 10, 40, 720", "4, , 10, 720"})
    void forecastIsBoundToTheFreeSpace(long p5, @Nullable Long p50, int free, long hours) {
        hosts.recordDisk(
                ID,
                DiskSource.LOCAL,
                new DiskReading.Known(NOW, new DiskSpace(new ByteSize(100 * GIB), new ByteSize(free * GIB))));
        var range = new Outlook.Range(Duration.ofHours(p5), p50 == null ? null : Duration.ofHours(p50), null);

        assertThat(ForecastValues.of(host(), forecast(NOW, null, range), NOW).value())
                .isEqualTo(new Measured(Unit.DURATION, hours * 3600));
    }

    @Test
    void forecastLosesTheTimeSinceItWasMade() {
        hosts.recordDisk(
                ID,
                DiskSource.LOCAL,
                new DiskReading.Known(NOW, new DiskSpace(new ByteSize(100 * GIB), new ByteSize(10 * GIB))));
        var range = new Outlook.Range(Duration.ofHours(4), Duration.ofHours(10), null);

        assertThat(ForecastValues.of(host(), forecast(NOW.minusSeconds(3600), range, range), NOW)
                        .value())
                .isEqualTo(new Measured(Unit.DURATION, 9 * 3600));
        assertThat(ForecastValues.of(host(), forecast(NOW.minus(Duration.ofDays(1)), range, range), NOW)
                        .value())
                .isEqualTo(new Measured(Unit.DURATION, 0));
    }

    @Test
    void missingForecastIsUnknownAndAHeldCacheIsNot() {
        assertThat(ForecastValues.of(host(), null, NOW).value()).isEqualTo(new Unknown("There is no forecast yet."));
        assertThat(ForecastValues.of(host(), forecast(NOW, null, new Outlook.NotWithin(Outlook.FAR)), NOW)
                        .value())
                .isEqualTo(new Unknown("The free disk space is unknown."));
        hosts.recordDisk(
                ID,
                DiskSource.LOCAL,
                new DiskReading.Known(NOW, new DiskSpace(new ByteSize(100 * GIB), new ByteSize(10 * GIB))));
        var none = new Outlook.None(Outlook.Reason.TOO_SHORT, "The cache has been read for 6 h only.");
        assertThat(ForecastValues.of(host(), forecast(NOW, null, none), NOW).value())
                .isEqualTo(new Unknown("The cache has been read for 6 h only."));
        var held = new Outlook.None(Outlook.Reason.HELD, "The garbage collection holds the cache.");
        assertThat(ForecastValues.of(host(), forecast(NOW, none, held), NOW).value())
                .isEqualTo(new Measured(Unit.DURATION, 30 * 86_400));
    }

    private static DiskForecast forecast(Instant madeAt, @Nullable Outlook withPolicies, Outlook without) {
        return new DiskForecast(madeAt, null, null, without, withPolicies, null, null);
    }

    @Test
    void certificateThatCannotBeReadIsUnknown() {
        assertThat(ExpiryValues.certificate(host(), Path.of("target/none.pem"), NOW)
                        .value())
                .isEqualTo(new Unknown("The file of the certificate cannot be read."));
    }

    private static PolicyView policy(boolean enabled, PolicyMode mode, @Nullable Instant next) {
        var content = new PolicyView.Content(
                "nightly",
                mode,
                enabled,
                LabelSelector.EVERY_HOST,
                0,
                List.of(),
                List.of(),
                Triggers.NONE,
                LimitPerRun.ofShare(100),
                null,
                RunGuards.NONE);
        return new PolicyView(4, content, next, null, null, NOW, NOW, 1, List.of(), null);
    }
}
